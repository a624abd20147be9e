using System.Runtime.CompilerServices;
using DeepLearning.Tables;
using TorchSharp.Extras.Memory;
using TorchSharp.Vision;

namespace DeepLearning;

/// <summary>Runs once, before the first use of any member of this library.</summary>
internal static class LibraryStart
{
#pragma warning disable CA2255 // a notebook has no other place: its cells show tables and read images without a call of this library before
    [ModuleInitializer]
    internal static void Run()
#pragma warning restore CA2255
    {
        // TorchExtras sets TorchVision's imager
        RuntimeHelpers.RunModuleConstructor(typeof(ImageFiles).Module.ModuleHandle);
        NotebookTables.Register();
        // notebooks seldom dispose their tensors
        MemoryWatch.StartByDefault();
    }
}
