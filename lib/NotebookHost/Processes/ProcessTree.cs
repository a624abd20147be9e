using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NotebookHost.Processes;

/// <summary>
/// A session process and all that its cells start. On Linux and macOS they are a process group, which the session process opens when it
/// starts; on Windows a job, which the system also ends when this process ends.
/// </summary>
internal sealed class ProcessTree : IDisposable
{
    private const int KillSignal = 9;

    private readonly Process _root;
    private readonly int _id;
    private readonly WindowsJob? _job;

    /// <summary>Takes charge of a process that was just started.</summary>
    public ProcessTree(Process root)
    {
        _root = root;
        _id = root.Id;
        if (OperatingSystem.IsWindows())
            _job = WindowsJob.With(root);
    }

    /// <summary>Makes this process the first of a group that has its id.</summary>
    public static void OpenGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetGroup(0, 0);
    }

    /// <summary>Ends this process's group, this process with it.</summary>
    public static void KillOwnGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = SendSignal(-Environment.ProcessId, KillSignal);
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Ends the process and all that it started.</summary>
    public void Kill()
    {
        try
        {
            _root.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // it has ended, or a process that it started ends right now
        }
        KillRest();
    }

    /// <summary>Ends what an ended process has left running.</summary>
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
