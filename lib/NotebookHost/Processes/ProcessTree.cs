using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NotebookHost.Processes;

/// <summary>
/// A session process and all processes that its cells start. On Linux and macOS, they are a process group, which the session process creates when it
/// starts; on Windows, they are a job, which the system also ends when this process ends.
/// </summary>
internal sealed class ProcessTree : IDisposable
{
    private const int KillSignal = 9;

    private readonly Process _root;
    private readonly int _id;
    private readonly WindowsJob? _job;

    /// <summary>Creates the object for a process that was just started.</summary>
    public ProcessTree(Process root)
    {
        _root = root;
        _id = root.Id;
        if (OperatingSystem.IsWindows())
            _job = WindowsJob.With(root);
    }

    /// <summary>Makes this process the leader of a process group with its id.</summary>
    public static void OpenGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetGroup(0, 0);
    }

    /// <summary>Ends the process group of this process, including this process.</summary>
    public static void KillOwnGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = SendSignal(-Environment.ProcessId, KillSignal);
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Ends the process and all processes that it started.</summary>
    public void Kill()
    {
        try
        {
            _root.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // the process has ended, or a process that it started is ending
        }
        KillRest();
    }

    /// <summary>Ends the remaining processes that an ended process started.</summary>
    public void KillRest()
    {
        if (!OperatingSystem.IsWindows())
            _ = SendSignal(-_id, KillSignal);
        else
            _job?.Kill();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
            _job?.Dispose();
    }

    [DllImport("libc", EntryPoint = "setpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern int SetGroup(int process, int group);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern int SendSignal(int process, int signal);
}
