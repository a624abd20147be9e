using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace TorchSharp.Extras.Native;

/// <summary>Keeps freed memory in the process, so that the tensors of the next step reuse it.</summary>
/// <remarks>
/// <para>
/// glibc maps each large block anew and unmaps it when it is freed, and the system clears every page of it again. A training allocates the same
/// sizes at every step, so these pages cost a fifth to a half of the time of a small convolutional network. Here, large blocks come from the heap as
/// small ones do, up to 256 MB of free memory stay at its end, and all threads share one heap, since glibc gives back the heaps of other threads.
/// </para>
/// <para>Other systems keep their settings. Settings of glibc in the environment are left as they are.</para>
/// </remarks>
internal static partial class AllocatorSettings
{
    // glibc's names and numbers
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;

    private static readonly string[] _variables =
        ["MALLOC_MMAP_THRESHOLD_", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_ARENA_MAX"];

    private const int Kept = 256 << 20;
    private const int GrownBy = 16 << 20;

    /// <summary>Makes the settings, unless the environment makes any.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux() || IsSetByUser() || !NativeLibrary.TryLoad("libc.so.6", out var library))
            return;
        if (!NativeLibrary.TryGetExport(library, "mallopt", out _))
            return;
        _ = SetOption(MmapMax, 0);
        _ = SetOption(TrimThreshold, Kept);
        _ = SetOption(TopPad, GrownBy);
        _ = SetOption(ArenaMax, 1);
    }

    private static bool IsSetByUser() =>
        _variables.Any(name => Environment.GetEnvironmentVariable(name) is not null)
        || Environment.GetEnvironmentVariable("GLIBC_TUNABLES")?.Contains("glibc.malloc.", StringComparison.Ordinal) == true;

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);
}
