using System.Runtime.CompilerServices;
using DeepLearning.Tables;
using TorchSharp.Extras.Memory;
using TorchSharp.Vision;

namespace DeepLearning;

/// <summary>Initializes the library once, before the first use of any of its members.</summary>
internal static class LibraryStart
{
#pragma warning disable CA2255 // the cells of a notebook show tables and read images without a previous call of this library
    [ModuleInitializer]
    internal static void Run()
#pragma warning restore CA2255
    {
        // initializes TorchExtras, which sets TorchVision's imager
        RuntimeHelpers.RunModuleConstructor(typeof(ImageFiles).Module.ModuleHandle);
        NotebookTables.Register();
        // notebooks rarely dispose of their tensors
        MemoryWatch.StartByDefault();
    }
}
