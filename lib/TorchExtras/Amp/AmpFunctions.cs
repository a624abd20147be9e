using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Amp;

/// <summary>The functions of PyTorch's module <c>torch.amp</c>.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "An extension property returns the one instance.")]
public sealed class AmpFunctions
{
    internal AmpFunctions()
    {
    }

    /// <summary>Creates a gradient scaler for training in Float16.</summary>
    /// <param name="init_scale">The initial scale; greater than 0.</param>
    /// <param name="growth_factor">
    /// The factor by which the scale grows after <paramref name="growth_interval"/> steps without overflow; greater than 1.
    /// </param>
    /// <param name="backoff_factor">The factor by which the scale is multiplied after an overflow; between 0 and 1.</param>
    /// <param name="growth_interval">The number of steps between growths; at least 1.</param>
    /// <param name="enabled">
    /// Whether the scaler is enabled. A disabled scaler does not scale losses, and <c>step</c> only calls the optimizer's step.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public GradScaler GradScaler(
        double init_scale = 65536.0, double growth_factor = 2.0, double backoff_factor = 0.5, int growth_interval = 2000, bool enabled = true) =>
        new(init_scale, growth_factor, backoff_factor, growth_interval, enabled);

    /// <inheritdoc cref="TorchAmp.extension(torch).autocast(string, torch.ScalarType?, bool)"/>
    public IDisposable autocast(string device_type, torch.ScalarType? dtype = null, bool enabled = true) =>
        torch.autocast(device_type, dtype, enabled);

    /// <summary>
    /// Returns whether a device computes in bfloat16, as <c>torch.cuda.is_bf16_supported</c> does in PyTorch. A CPU without instructions for bfloat16
    /// emulates it, many times slower than Float32.
    /// </summary>
    /// <param name="device">The device; the CPU by default.</param>
    /// <param name="including_emulation">
    /// Whether emulation counts. If not, a CPU needs AVX512_BF16 or AMX-BF16; the instructions of Arm processors are not detected. A CUDA device counts
    /// in both cases, because TorchSharp cannot query its compute capability: before 8.0, it emulates bfloat16 too.
    /// </param>
    /// <returns>False for devices other than the CPU and CUDA, on which <see cref="autocast"/> is not available.</returns>
    public bool is_bf16_supported(torch.Device? device = null, bool including_emulation = true) => (device?.type ?? DeviceType.CPU) switch
    {
        DeviceType.CUDA => true,
        DeviceType.CPU => including_emulation || Bfloat16Instructions.AreSupported,
        _ => false,
    };
}
