using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NotebookHost.Jupyter;

/// <summary>Notices that the Jupyter that started this kernel is gone, however it went, so that no kernel is left behind.</summary>
internal sealed partial class ParentWatch : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Timer? _timer;
    private readonly RegisteredWaitHandle? _wait;

    /// <param name="gone">Called when it is gone.</param>
    public ParentWatch(Action gone)
    {
        // Jupyter says who it is; who else starts a kernel may have done so through a process that ends
        var named = Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        if (OperatingSystem.IsWindows())
        {
            // there it is a handle of the process, which this process has inherited
            if (nint.TryParse(named, CultureInfo.InvariantCulture, out var handle) && handle > 0)
                _wait = ThreadPool.RegisterWaitForSingleObject(new ProcessHandle(handle), (_, _) => gone(), state: null, Timeout.Infinite, executeOnlyOnce: true);
        }
        else if (IsParent(named))
        {
            _timer = new Timer(_ =>
            {
                if (!IsParent(named))
                    gone();
            }, state: null, _interval, _interval);
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _wait?.Unregister(null);
    }

    private static bool IsParent(string? id) => !OperatingSystem.IsWindows() && id == ParentId().ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static partial int ParentId();

    /// <summary>Is signaled when a process ends.</summary>
    private sealed class ProcessHandle : WaitHandle
    {
        public ProcessHandle(nint handle) => SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false);
    }
}
