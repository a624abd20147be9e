using System.Runtime.InteropServices;
using System.Text;

namespace NotebookHost.Running.Processes;

/// <summary>The process's own standard output and error, which native libraries write to past the console.</summary>
internal sealed class NativeStreams(string mark)
{
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExecFlag = 1;

    private readonly byte[] _mark = Encoding.UTF8.GetBytes(mark);
    // opened before a cell can redirect them
    private readonly Stream[] _streams = [Console.OpenStandardOutput(), Console.OpenStandardError()];

    /// <summary>Writes the mark to both, behind everything that was written to them so far.</summary>
    public void Mark()
    {
        if (OperatingSystem.IsLinux())
            _ = FlushAll(0);
        foreach (var stream in _streams)
            stream.Write(_mark);
    }

    /// <summary>Keeps a pipe from the processes that this one starts.</summary>
    public static void CloseOnExec(SafeHandle pipe)
    {
        if (OperatingSystem.IsLinux())
            _ = Control(pipe, SetDescriptorFlags, CloseOnExecFlag);
    }

    [DllImport("libc", EntryPoint = "fflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FlushAll(nint every);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SafeHandle descriptor, int command, int argument);
}
