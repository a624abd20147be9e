using System.Runtime.CompilerServices;
using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;

namespace TorchSharp.Extras;

/// <summary>Initializes the library once, before the first use of any of its members.</summary>
internal static class LibraryStart
{
#pragma warning disable CA2255 // the settings must apply before the program creates its first tensor, without a call of this library
    [ModuleInitializer]
    internal static void Run()
#pragma warning restore CA2255
    {
        AllocatorSettings.Apply();
        try
        {
            CpuKernels.Register();
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException
            or InvalidOperationException or TypeInitializationException or NotSupportedException)
        {
            // libtorch's own kernels stay in use; if libtorch cannot be loaded, the first tensor of the program reports the reason
        }
    }
}
