using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native;

/// <summary>The library <c>torch_cpu</c> that TorchSharp loaded, and its exported functions.</summary>
/// <remarks>The library of TorchSharp-cuda packages exports the same functions.</remarks>
internal static class LibTorch
{
    private static readonly Lazy<nint> _library = new(Load);

    /// <summary>
    /// Gets a value that indicates whether TorchSharp's native library and its libtorch can be loaded. The property loads them, and writes no message
    /// if they are missing.
    /// </summary>
    /// <remarks>The property does not load libtorch by its name, because the system may have another libtorch.</remarks>
    public static bool IsFound => NativeLibrary.TryLoad("LibTorchSharp", typeof(torch).Assembly, null, out _);

    /// <summary>Gets the handle of the library. On Linux, the search for a function includes the libraries that libtorch uses.</summary>
    public static nint Handle => _library.Value;

    /// <summary>Returns the address of an exported function.</summary>
    /// <param name="name">The exported name.</param>
    /// <param name="purpose">The feature that needs the function, for the message.</param>
    /// <exception cref="PlatformNotSupportedException">This libtorch does not export the function.</exception>
    public static nint Export(string name, string purpose) => NativeLibrary.TryGetExport(_library.Value, name, out var address)
        ? address
        : throw new PlatformNotSupportedException(
            $"{purpose} needs the function '{name}', which the loaded libtorch does not export. TorchExtras supports libtorch 2.10, "
            + $"which the packages of TorchSharp 0.107 contain; the loaded version of TorchSharp is {typeof(torch).Assembly.GetName().Version}.");

    private static nint Load()
    {
        // TorchSharp searches more folders for the library than the runtime does
        RuntimeHelpers.RunClassConstructor(typeof(torch).TypeHandle);
        return NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library) || TryLoadFromModules(out library)
            ? library
            : throw new DllNotFoundException("libtorch is not loaded: the library torch_cpu was found neither beside TorchSharp nor in this process.");
    }

    private static bool TryLoadFromModules(out nint library)
    {
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (Path.GetFileNameWithoutExtension(module.FileName) is "torch_cpu" or "libtorch_cpu" && NativeLibrary.TryLoad(module.FileName, out library))
                return true;
        }
        library = 0;
        return false;
    }
}
