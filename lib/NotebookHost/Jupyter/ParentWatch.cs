using System.Globalization;
using System.Runtime.InteropServices;

namespace NotebookHost.Jupyter;

/// <summary>Notices that the Jupyter that started this kernel is gone, however it went, so that no kernel is left behind.</summary>
internal sealed partial class ParentWatch : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Timer? _timer;

    /// <param name="gone">Called when it is gone.</param>
    public ParentWatch(Action gone)
    {
        // Jupyter says who it is; who else starts a kernel may have done so through a process that ends
        var named = Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        if (OperatingSystem.IsWindows() || named != ParentId().ToString(CultureInfo.InvariantCulture))
            return;
        _timer = new Timer(_ =>
        {
            if (ParentId().ToString(CultureInfo.InvariantCulture) != named)
                gone();
        }, state: null, _interval, _interval);
    }

    public void Dispose() => _timer?.Dispose();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
