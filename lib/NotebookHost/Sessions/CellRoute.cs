using Microsoft.DotNet.Interactive.Utility;

namespace NotebookHost.Sessions;

/// <summary>
/// The way from Console and display, which are static, to the sink of the running cell. It stays open when the cell has ended:
/// what its threads still write goes to the sink of the cell that ran last.
/// </summary>
internal static class CellRoute
{
    private static readonly Lock _gate = new();
    private static volatile ICellSink? _current;
    private static int _sessions;
    private static (TextWriter Out, TextWriter Error, TextReader In) _console;
    private static IDisposable? _frameworksConsole;

    /// <summary>The sink of the cell that runs or ran last; null when no session is open.</summary>
    public static ICellSink? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Directs the console here while at least one session is open.</summary>
    public static void Open()
    {
        lock (_gate)
        {
            if (_sessions++ > 0)
                return;
            _console = (Console.Out, Console.Error, Console.In);
            // the framework takes the console at its first subscription only; so it never takes it from this host
            _frameworksConsole = ConsoleOutput.Subscribe(_ => new Unsubscribed());
            Console.SetOut(new RoutedWriter(ConsoleChannel.Output));
            Console.SetError(new RoutedWriter(ConsoleChannel.Error));
            Console.SetIn(new RoutedReader());
            AppContext.SetData("NotebookHost.StandardInput", (Func<Stream>)(() => new RoutedInputStream(Console.In)));
        }
    }

    /// <summary>Gives the console back when the last session closes.</summary>
    public static void Close()
    {
        lock (_gate)
        {
            if (--_sessions > 0)
                return;
            _frameworksConsole?.Dispose();
            Console.SetOut(_console.Out);
            Console.SetError(_console.Error);
            Console.SetIn(_console.In);
            _current = null;
        }
    }

    private sealed class Unsubscribed : IDisposable
    {
        public void Dispose()
        {
            // nothing was subscribed to
        }
    }
}
