using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Chooses the device of a computation. The environment variable TORCH_DEVICE sets it for a whole program or notebook: <c>cpu</c>, <c>cuda</c>,
/// <c>cuda:1</c> (the second GPU) or <c>mps</c>.
/// </summary>
public static class Devices
{
    /// <summary>The name of the environment variable.</summary>
    public const string Variable = "TORCH_DEVICE";

    /// <summary>Gets the device that TORCH_DEVICE names. Without the variable, it is CUDA where a GPU is available, and the CPU elsewhere.</summary>
    /// <exception cref="InvalidOperationException">TORCH_DEVICE has another value, or names a device that is not available.</exception>
    public static Device Default => FromEnvironment() ?? (cuda.is_available() ? CUDA : CPU);

    /// <summary>Returns the device that TORCH_DEVICE names; null without the variable.</summary>
    /// <exception cref="InvalidOperationException">TORCH_DEVICE has another value, or names a device that is not available.</exception>
    internal static Device? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { } value && value.Trim().Length > 0
        ? Parse(value.Trim(), () => cuda.is_available() ? cuda.device_count() : 0, mps_is_available)
        : null;

    /// <summary>Returns the device of a name.</summary>
    /// <param name="name">cpu, cuda, cuda:N or mps, in lower or upper case.</param>
    /// <param name="gpus">Returns the number of GPUs that CUDA can use.</param>
    /// <param name="hasMps">Returns whether MPS can be used.</param>
    /// <exception cref="InvalidOperationException">The name is another one, or the device is not available.</exception>
    internal static Device Parse(string name, Func<int> gpus, Func<bool> hasMps)
    {
        var lower = name.ToLowerInvariant();
        if (lower == "cpu")
            return CPU;
        if (lower == "mps")
            return hasMps() ? MPS : throw Unavailable(name, "MPS is not available: it needs a Mac with Apple silicon");
        if (lower != "cuda" && !lower.StartsWith("cuda:", StringComparison.Ordinal))
            throw Unknown(name);
        var index = 0;
        if (lower.Length > "cuda".Length && !int.TryParse(lower.AsSpan("cuda:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out index))
            throw Unknown(name);
        var count = gpus();
        if (count == 0)
            throw Unavailable(name, "no GPU is available: it needs an NVIDIA driver and a package of TorchSharp with CUDA");
        if (index >= count)
            throw Unavailable(name, string.Create(CultureInfo.InvariantCulture, $"this machine has {count} GPUs, cuda:0 to cuda:{count - 1}"));
        return device(DeviceType.CUDA, index);
    }

    private static InvalidOperationException Unknown(string name) =>
        new($"The environment variable {Variable} is '{name}', which is not a device: set it to cpu, cuda, cuda:N (the GPU of number N, from 0) or mps.");

    private static InvalidOperationException Unavailable(string name, string reason) =>
        new($"The environment variable {Variable} is '{name}', but {reason}. Set it to cpu, or remove it.");
}
