using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NotebookHost.Jupyter;

/// <summary>Detects the end of the Jupyter process that started this kernel, so that the kernel ends too.</summary>
internal sealed partial class ParentWatch : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Timer? _timer;
    private readonly RegisteredWaitHandle? _wait;

    /// <param name="gone">A function that is called when the parent process has ended.</param>
    public ParentWatch(Action gone)
    {
        // only Jupyter sets its process id; other programs may start a kernel through a process that ends
        var named = Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        if (OperatingSystem.IsWindows())
        {
            // on Windows, the value is an inherited handle of the process
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

    /// <summary>A wait handle that is signaled when a process ends.</summary>
    private sealed class ProcessHandle : WaitHandle
    {
        public ProcessHandle(nint handle) => SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false);
    }
}
