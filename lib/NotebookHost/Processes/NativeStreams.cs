using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace NotebookHost.Processes;

/// <summary>The process's own standard output and error, to which native libraries and child processes write.</summary>
internal sealed class NativeStreams
{
    private const uint InheritFlag = 1;
    private const int LineBuffered = 1;

    private readonly byte[] _mark;
    private readonly nint _standardOutput = FindStandardOutput();

    // opened before a cell can redirect the streams
    private readonly Stream[] _streams = [Console.OpenStandardOutput(), Console.OpenStandardError()];

    public NativeStreams(string mark)
    {
        _mark = Encoding.UTF8.GetBytes(mark);
        // lines of native libraries are not lost when the process ends
        if (!OperatingSystem.IsWindows() && _standardOutput != 0)
            _ = SetBuffer(_standardOutput, 0, LineBuffered, 0);
    }

    /// <summary>Writes the mark to both streams, after all previous output.</summary>
    public void Mark()
    {
        if (!OperatingSystem.IsWindows() && _standardOutput != 0)
            _ = Flush(_standardOutput);
        foreach (var stream in _streams)
            stream.Write(_mark);
    }

    /// <summary>Writes text to standard error.</summary>
    public void WriteError(string text) => _streams[1].Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Prevents child processes from inheriting a pipe.</summary>
    public static void CloseOnExec(SafeHandle pipe)
    {
        if (OperatingSystem.IsWindows())
            _ = SetHandleInformation(pipe, InheritFlag, 0);
        else
            _ = Control(pipe, OperatingSystem.IsMacOS() ? 0x20006601u : 0x5451u);
    }

    /// <summary>Returns the C library's <c>stdout</c>; zero if it is not found.</summary>
    private static nint FindStandardOutput()
    {
        var (library, name) = OperatingSystem.IsMacOS() ? ("libSystem.dylib", "__stdoutp") : ("libc.so.6", "stdout");
        return !OperatingSystem.IsWindows() && NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, name, out var variable)
            ? Marshal.ReadIntPtr(variable)
            : 0;
    }

    [DllImport("libc", EntryPoint = "fflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern int Flush(nint file);

    [DllImport("libc", EntryPoint = "setvbuf")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern int SetBuffer(nint file, nint buffer, int mode, nuint size);

    // FIOCLEX: fcntl has the same effect, but it is variadic, and P/Invoke cannot pass variadic arguments on macOS
    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern int Control(SafeHandle descriptor, nuint request);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SupportedOSPlatform("windows")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetHandleInformation(SafeHandle handle, uint mask, uint flags);
}
