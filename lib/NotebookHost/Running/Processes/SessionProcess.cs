using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Running.Processes;

/// <summary>
/// A session in a process of its own: a cell that takes its process down, or that nothing else can stop, harms no other notebook.
/// </summary>
internal sealed class SessionProcess : ICellHost
{
    // what a process wrote may still be on its way when it has ended; a process that it started may keep the pipe open for ever
    private static readonly TimeSpan _longestDrain = TimeSpan.FromSeconds(2);

    // a process that starts while another's pipes are made would inherit them, and keep them open beyond the other's end
    private static readonly Lock _starting = new();

    private readonly Process _process;
    private readonly AnonymousPipeServerStream _events;
    private readonly StreamWriter _commands;
    private readonly MarkedStream[] _native;
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;
    private readonly Task _gone;
    private readonly CancellationTokenSource _goneToken = new();
    private readonly LastWords _lastWords = new();
    private readonly CrashTrace _crashTrace = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<CellOutcome> _ended = new();
    private volatile ICellSink? _sink;
    private int _cells;
    private volatile bool _killed;
    private volatile ExceptionDispatchInfo? _failure;

    private SessionProcess(
        Process process, AnonymousPipeServerStream commands, AnonymousPipeServerStream events, string mark, TimeSpan grace, TimeProvider time)
    {
        _process = process;
        _events = events;
        _grace = grace;
        _time = time;
        _commands = new StreamWriter(commands, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        // nobody is there to answer a native library's questions
        process.StandardInput.Close();
        _native =
        [
            new MarkedStream(process.StandardOutput.BaseStream, mark, text => Guard(() => _sink?.Stream(ConsoleChannel.Output, text))),
            new MarkedStream(process.StandardError.BaseStream, mark, text => Guard(() => HearError(text))),
        ];
        _gone = FollowAsync();
    }

    /// <inheritdoc/>
    public string Abandonment => "its process was ended";

    /// <inheritdoc/>
    public bool IsAlive => !_gone.IsCompleted && !_killed;

    /// <summary>Starts the process, in which the compiler warms up meanwhile.</summary>
    /// <param name="folder">The folder that cells run in.</param>
    /// <param name="threads">How many threads an operator may use, unless the environment says so; null: as many as there are cores.</param>
    /// <param name="grace">How long a cell that was asked to stop may take before the process is ended.</param>
    /// <param name="time">What time it is.</param>
    public static SessionProcess Start(string folder, int? threads, TimeSpan grace, TimeProvider time)
    {
        var mark = $"\u001e{Guid.NewGuid():N}\u001e";
        lock (_starting)
        {
            var commands = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var events = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var start = new ProcessStartInfo(DotNet())
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList =
                {
                    typeof(SessionServer).Assembly.Location,
                    SessionServer.Command,
                    commands.GetClientHandleAsString(),
                    events.GetClientHandleAsString(),
                    mark,
                },
            };
            Cultures.Set(start.Environment);
            if (threads is { } share)
                start.Environment.TryAdd("OMP_NUM_THREADS", $"{share}");
            var process = Process.Start(start)!;
            commands.DisposeLocalCopyOfClientHandle();
            events.DisposeLocalCopyOfClientHandle();
            return new SessionProcess(process, commands, events, mark, grace, time);
        }
    }

    /// <inheritdoc/>
    public Task ReadyAsync(CancellationToken stop) => Task.WhenAny(_ready.Task, _gone).WaitAsync(stop);

    /// <inheritdoc/>
    public async Task<CellOutcome> RunAsync(string code, ICellSink sink, CancellationToken stop)
    {
        _cells++;
        _sink = sink;
        _lastWords.Clear();
        _ended = new TaskCompletionSource<CellOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var outcome = OutcomeAsync(_ended.Task);
        Send(new SessionCommand(code));
        try
        {
            return await outcome.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Send(new SessionCommand(Code: null));
        }
        try
        {
            return await outcome.WaitAsync(_grace, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            await _gone.ConfigureAwait(false);
            return new CellOutcome(CellStatus.Cancelled, _cells);
        }
    }

    /// <summary>Ends the process: politely, then by force.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _commands.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // it is gone already
        }
        try
        {
            await _gone.WaitAsync(_grace, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            await _gone.ConfigureAwait(false);
        }
        await _events.DisposeAsync().ConfigureAwait(false);
        foreach (var stream in _native)
            stream.Dispose();
        _process.Dispose();
        _goneToken.Dispose();
    }

    private async Task<CellOutcome> OutcomeAsync(Task<CellOutcome> ended)
    {
        await Task.WhenAny(ended, _gone).ConfigureAwait(false);
        _failure?.Throw();
        if (!ended.IsCompleted)
        {
            var status = _killed ? CellStatus.Cancelled : CellStatus.Failed;
            return new CellOutcome(status, _cells, ProcessEnd.Describe(_process.ExitCode, _lastWords.Text, CellLabel.Of(_cells)));
        }
        try
        {
            foreach (var stream in _native)
                await stream.NextMarkAsync(_goneToken.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // it ended right after the cell; all that it wrote has been read
        }
        return await ended.ConfigureAwait(false);
    }

    /// <summary>Ends when the process has ended and all that it said has been heard.</summary>
    private async Task FollowAsync()
    {
        var events = Task.Run(HearEvents);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(
            Task.WhenAll([events, .. _native.Select(stream => stream.Ended)]),
            Task.Delay(_longestDrain)).ConfigureAwait(false);
        Guard(() => HandOn(_crashTrace.Rest()));
        await _goneToken.CancelAsync().ConfigureAwait(false);
    }

    private void HearEvents()
    {
        using var reader = new StreamReader(_events, Encoding.UTF8);
        // a line that the process did not live to end is no event
        while (reader.ReadLine() is { } line && line.EndsWith('}'))
            Guard(() => Hear(SessionJson.Event(line)));
    }

    private void Hear(SessionEvent news)
    {
        switch (news.Kind)
        {
            case SessionEventKind.Ready:
                _ready.TrySetResult();
                break;
            case SessionEventKind.Text:
                _sink?.Stream(news.Channel, news.Text!);
                break;
            case SessionEventKind.Shown:
                _sink?.Display(news.DisplayId!, new MimeBundle(news.Data!));
                break;
            case SessionEventKind.Updated:
                _sink?.Update(news.DisplayId!, new MimeBundle(news.Data!));
                break;
            case SessionEventKind.Result:
                _sink?.Result(new MimeBundle(news.Data!));
                break;
            case SessionEventKind.Ended:
                _ended.TrySetResult(news.Outcome!);
                break;
        }
    }

    // Nobody may stop listening while the process lives: it would wait for ever. Who fails at what is heard fails the run.
    private void Guard(Action hear)
    {
        try
        {
            hear();
        }
#pragma warning disable CA1031 // it is thrown where the run is awaited
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
            Kill();
        }
    }

    private void HearError(string text)
    {
        _lastWords.Add(text);
        HandOn(_crashTrace.Filter(text));
    }

    private void HandOn(string error)
    {
        if (error.Length > 0)
            _sink?.Stream(ConsoleChannel.Error, error);
    }

    private void Send(SessionCommand command)
    {
        try
        {
            _commands.WriteLine(SessionJson.Line(command));
        }
        catch (IOException)
        {
            // it is gone; whoever waits for its outcome is told
        }
    }

    private void Kill()
    {
        _killed = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it ended by itself meanwhile
        }
    }

    /// <summary>The program that runs this one, also when this one runs within another, such as a test host.</summary>
    private static string DotNet()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }
}
