using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Selects the device of computations. The environment variable TORCH_DEVICE sets it for a program or notebook: <c>cpu</c>, <c>cuda</c>,
/// <c>cuda:1</c> (the second GPU) or <c>mps</c>.
/// </summary>
public static class Devices
{
    /// <summary>The name of the environment variable.</summary>
    public const string Variable = "TORCH_DEVICE";

    /// <summary>Gets the device in TORCH_DEVICE. Without the variable, the device is CUDA if a GPU is available, else the CPU.</summary>
    /// <exception cref="InvalidOperationException">TORCH_DEVICE has another value, or names a device that is not available.</exception>
    public static Device Default => FromEnvironment() ?? (cuda.is_available() ? CUDA : CPU);

    /// <summary>Returns the device in TORCH_DEVICE; null without the variable.</summary>
    /// <exception cref="InvalidOperationException">TORCH_DEVICE has another value, or names a device that is not available.</exception>
    internal static Device? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { } value && value.Trim().Length > 0
        ? Parse(value.Trim(), () => cuda.is_available() ? cuda.device_count() : 0, mps_is_available)
        : null;

    /// <summary>Parses the name of a device.</summary>
    /// <param name="name">cpu, cuda, cuda:N or mps, in lower or upper case.</param>
    /// <param name="gpus">A function that returns the number of CUDA devices.</param>
    /// <param name="hasMps">A function that returns whether MPS is available.</param>
    /// <exception cref="InvalidOperationException">The name is unknown, or the device is not available.</exception>
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
            throw Unavailable(name, "no GPU is available: CUDA requires an NVIDIA driver and a TorchSharp package with CUDA");
        if (index >= count)
            throw Unavailable(name, string.Create(CultureInfo.InvariantCulture, $"this machine has {count} GPUs, cuda:0 to cuda:{count - 1}"));
        return device(DeviceType.CUDA, index);
    }

    private static InvalidOperationException Unknown(string name) =>
        new($"The environment variable {Variable} is '{name}', which is not a device: set it to cpu, cuda, cuda:N (the GPU with the index N, "
            + "from 0) or mps.");

    private static InvalidOperationException Unavailable(string name, string reason) =>
        new($"The environment variable {Variable} is '{name}', but {reason}. Set it to cpu, or remove it.");
}
