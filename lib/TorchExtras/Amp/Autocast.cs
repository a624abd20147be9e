using TorchSharp.Amp;
using TorchSharp.Extras.Native;

namespace TorchSharp;

/// <summary>Mixed precision: <c>torch.autocast</c> and <c>torch.amp</c>, which TorchSharp lacks.</summary>
public static class TorchAmp
{
    private static readonly AmpFunctions _amp = new();

    extension(torch)
    {
        /// <summary>Gets the functions of PyTorch's module <c>torch.amp</c>.</summary>
        public static AmpFunctions amp => _amp;

        /// <summary>
        /// Runs operators in mixed precision on the current thread until the result is disposed of: matrix products and convolutions in
        /// <paramref name="dtype"/>, operators that need a larger range (losses, softmax) in Float32.
        /// </summary>
        /// <param name="device_type">"cpu" or "cuda": the device whose operators are affected.</param>
        /// <param name="dtype">The lower-precision type; by default BFloat16 on the CPU and Float16 on CUDA.</param>
        /// <param name="enabled">Whether autocast is enabled; false disables it inside another region.</param>
        /// <returns>The region, which must be disposed of on the same thread. Regions can be nested.</returns>
        /// <exception cref="ArgumentException">Autocast does not support the device or the type.</exception>
        /// <exception cref="PlatformNotSupportedException">The loaded libtorch is not the one of TorchSharp 0.107.</exception>
        /// <remarks>
        /// <para>
        /// Use the region for the forward pass and the loss, and call <c>backward()</c> outside of it: backward uses the types of the forward pass.
        /// </para>
        /// <para>PyTorch: <see href="https://pytorch.org/docs/stable/amp.html#torch.autocast">torch.autocast</see>. CUDA is untested.</para>
        /// </remarks>
        public static IDisposable autocast(string device_type, torch.ScalarType? dtype = null, bool enabled = true)
        {
            var device = Known(device_type);
            var type = dtype ?? (device == DeviceType.CPU ? torch.ScalarType.BFloat16 : torch.ScalarType.Float16);
            if (type is not (torch.ScalarType.BFloat16 or torch.ScalarType.Float16))
                throw new ArgumentException($"autocast supports the types BFloat16 and Float16, not {type}.", nameof(dtype));
            return new AutocastMode(device, type, enabled);
        }

        /// <summary>Returns whether autocast is enabled on the current thread.</summary>
        /// <param name="device_type">"cpu" or "cuda".</param>
        /// <exception cref="ArgumentException">Autocast does not support the device.</exception>
        public static bool is_autocast_enabled(string device_type) => AutocastFunctions.IsEnabled(Known(device_type));

        /// <summary>Returns the lower-precision type of autocast on the current thread.</summary>
        /// <param name="device_type">"cpu" or "cuda".</param>
        /// <exception cref="ArgumentException">Autocast does not support the device.</exception>
        public static torch.ScalarType get_autocast_dtype(string device_type) => AutocastFunctions.Type(Known(device_type));
    }

    private static DeviceType Known(string device_type) => device_type switch
    {
        null => throw new ArgumentNullException(nameof(device_type)),
        "cpu" => DeviceType.CPU,
        "cuda" => DeviceType.CUDA,
        _ when device_type.StartsWith("cuda:", StringComparison.Ordinal) => DeviceType.CUDA,
        _ => throw new ArgumentException($"autocast supports the devices cpu and cuda, not '{device_type}'.", nameof(device_type)),
    };
}
