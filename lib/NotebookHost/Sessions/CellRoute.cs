using Microsoft.DotNet.Interactive.Utility;

namespace NotebookHost.Sessions;

/// <summary>
/// Routes the static Console and display functions to the sink of the running cell. After the cell has ended,
/// output of its threads goes to the sink of the last cell.
/// </summary>
internal static class CellRoute
{
    private static readonly Lock _gate = new();
    private static volatile ICellSink? _current;
    private static int _sessions;
    private static (TextWriter Out, TextWriter Error, TextReader In) _console;
    private static IDisposable? _frameworksConsole;

    /// <summary>Gets the sink of the running or last cell; null if no session is open.</summary>
    public static ICellSink? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Redirects the console while at least one session is open.</summary>
    public static void Open()
    {
        lock (_gate)
        {
            if (_sessions++ > 0)
                return;
            _console = (Console.Out, Console.Error, Console.In);
            // the framework redirects the console only at its first subscription; this subscription prevents a later redirection
            _frameworksConsole = ConsoleOutput.Subscribe(_ => new Unsubscribed());
            Console.SetOut(new RoutedWriter(ConsoleChannel.Output));
            Console.SetError(new RoutedWriter(ConsoleChannel.Error));
            Console.SetIn(new RoutedReader());
            AppContext.SetData("NotebookHost.StandardInput", (Func<Stream>)(() => new RoutedInputStream(Console.In)));
        }
    }

    /// <summary>Restores the console when the last session closes.</summary>
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
            // there is no subscription
        }
    }
}
