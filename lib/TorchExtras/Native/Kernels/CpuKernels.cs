using System.Text;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Registers this library's CPU kernels with libtorch, in place of libtorch's own.</summary>
/// <remarks>
/// Autograd, autocast and hooks work above the kernels and are unchanged. The environment variable <see cref="Variable"/> controls the registration:
/// <c>off</c> keeps libtorch's kernels; <c>on</c> registers this library's kernels also on systems other than Linux, where they are untested.
/// </remarks>
internal static unsafe class CpuKernels
{
    /// <summary>The name of the environment variable that switches the kernels off: <c>off</c>, <c>0</c> or <c>false</c>.</summary>
    public const string Variable = "TORCH_EXTRAS_KERNELS";

    // the version of the interface, 2.10.0, as libtorch encodes it
    private const ulong Version = 0x020a_0000_0000_0000;

    private static readonly Lock _registering = new();

    /// <summary>Gets a value that indicates whether the kernels are registered.</summary>
    public static bool AreRegistered { get; private set; }

    /// <summary>Registers the kernels once, if this system and the environment variable allow it.</summary>
    public static void Register()
    {
        lock (_registering)
        {
            // a program that uses no tensors may run without libtorch
            if (AreRegistered || !IsWanted() || !LibTorch.IsFound)
                return;
            using var suppression = new WarningSuppression();
            Register("max_pool2d_with_indices", &MaxPool2dKernel.Run);
            if (MatrixTiles.IsSupported)
            {
                Register("mm", &ProductKernel.Run);
                Register("linear", &LinearKernel.Run);
                Register("linear_backward", &LinearBackwardKernel.Run);
            }
            AreRegistered = true;
        }
    }

    private static bool IsWanted() => Environment.GetEnvironmentVariable(Variable)?.ToLowerInvariant() switch
    {
        null or "" => OperatingSystem.IsLinux(),
        "off" or "0" or "false" => false,
        _ => true,
    };

    private static void Register(string name, delegate* unmanaged<ulong*, ulong, ulong, void> kernel)
    {
        var newLibrary = (delegate* unmanaged<byte*, byte*, byte*, uint, nint*, int>)Function("aoti_torch_library_init_impl");
        var register = (delegate* unmanaged<nint, byte*, delegate* unmanaged<ulong*, ulong, ulong, void>, ulong, int>)Function("torch_library_impl");
        nint library;
        fixed (byte* group = "aten\0"u8, key = "CPU\0"u8, file = "TorchExtras\0"u8, bytes = Encoding.UTF8.GetBytes(name + '\0'))
        {
            // the library is never deleted, because deleting it would remove the kernel
            if (newLibrary(group, key, file, 1, &library) != 0 || register(library, bytes, kernel, Version) != 0)
                throw new InvalidOperationException($"libtorch did not accept a kernel for aten::{name}.");
        }
    }

    private static nint Function(string name) => LibTorch.Export(name, "Registering a kernel");
}
