using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace TorchSharp.Extras.Native;

/// <summary>Measures the memory of this process.</summary>
internal static partial class ProcessMemory
{
    private static readonly SafeFileHandle? _statistics = OperatingSystem.IsLinux()
        ? File.OpenHandle("/proc/self/statm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
        : null;

    [SupportedOSPlatformGuard("linux")]
    private static readonly bool _hasGlibc = OperatingSystem.IsLinux() && Has("libc.so.6", "mallinfo2");

    /// <summary>Returns the bytes of physical memory of the process. The method takes microseconds and allocates nothing.</summary>
    public static long Resident()
    {
        if (_statistics is null)
            return Environment.WorkingSet;
        // the second number is the resident size in pages
        Span<byte> text = stackalloc byte[128];
        var line = text[..RandomAccess.Read(_statistics, text, 0)];
        line = line[(line.IndexOf((byte)' ') + 1)..];
        return long.Parse(line[..line.IndexOf((byte)' ')], NumberStyles.None, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    /// <summary>Returns the number of bytes that native code, including libtorch, has allocated and not freed.</summary>
    /// <remarks>
    /// Allocations are counted on Linux with glibc, macOS and Windows. Other systems return resident memory, which counts whole pages and may stay
    /// high after memory was freed. The method is tested on Linux only.
    /// </remarks>
    public static unsafe long Allocated()
    {
        if (_hasGlibc)
        {
            var statistics = GlibcStatistics();
            return (long)(statistics.InUse + statistics.Mapped);
        }
        if (OperatingSystem.IsMacOS())
        {
            MacStatistics statistics;
            ReadMacStatistics(0, &statistics);
            return (long)statistics.InUse;
        }
        return OperatingSystem.IsWindowsVersionAtLeast(6, 3) && TryGetWindowsHeap() is { } bytes ? bytes : Resident();
    }

    /// <summary>Returns pages of freed memory to the system if the allocator keeps them. The method takes milliseconds.</summary>
    public static void ReturnFreePages()
    {
        if (_hasGlibc)
            _ = Trim(0);
    }

    private static bool Has(string library, string function)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
            return false;
        return NativeLibrary.TryGetExport(handle, function, out _);
    }

    [SupportedOSPlatform("windows")]
    private static unsafe long? TryGetWindowsHeap()
    {
        WindowsSummary summary;
        summary.Size = (uint)sizeof(WindowsSummary);
        return ReadWindowsHeap(ProcessHeap(), 0, &summary) != 0 ? (long)summary.Allocated : null;
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc.so.6", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Glibc GlibcStatistics();

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint keep);

    [SupportedOSPlatform("macos")]
    [LibraryImport("libSystem.dylib", EntryPoint = "malloc_zone_statistics")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial void ReadMacStatistics(nint zone, MacStatistics* statistics);

    [SupportedOSPlatform("windows")]
    [LibraryImport("kernel32.dll", EntryPoint = "GetProcessHeap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint ProcessHeap();

    [SupportedOSPlatform("windows")]
    [LibraryImport("kernel32.dll", EntryPoint = "HeapSummary")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static unsafe partial int ReadWindowsHeap(nint heap, uint flags, WindowsSummary* summary);

    /// <summary>glibc's <c>struct mallinfo2</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Glibc
    {
        private readonly nuint _arena;
        private readonly nuint _freeChunks;
        private readonly nuint _fastBins;
        private readonly nuint _mappings;
        public readonly nuint Mapped;
        private readonly nuint _unused;
        private readonly nuint _fastBinBytes;
        public readonly nuint InUse;
        private readonly nuint _free;
        private readonly nuint _trimmable;
    }

    /// <summary>macOS' <c>malloc_statistics_t</c>, summed over all zones.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MacStatistics
    {
        private readonly uint _blocks;
        public readonly nuint InUse;
        private readonly nuint _most;
        private readonly nuint _reserved;
    }

    /// <summary>Windows' <c>HEAP_SUMMARY</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct WindowsSummary
    {
        public uint Size;
        public readonly nuint Allocated;
        private readonly nuint _committed;
        private readonly nuint _reserved;
        private readonly nuint _most;
    }
}
