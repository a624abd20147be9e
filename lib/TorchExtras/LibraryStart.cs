using System.Runtime.CompilerServices;
using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;

namespace TorchSharp.Extras;

/// <summary>Runs once, before the first use of any member of this library.</summary>
internal static class LibraryStart
{
#pragma warning disable CA2255 // the settings must stand before the program's first tensors, and a program calls nothing of this library for them
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
            // libtorch's own kernels stay; where libtorch cannot be loaded, the program's first tensor says why
        }
    }
}
