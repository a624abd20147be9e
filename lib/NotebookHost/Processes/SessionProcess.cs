using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>
/// A session in a separate process: a cell that crashes the process or that can be stopped only by force affects neither this process nor
/// other notebooks.
/// </summary>
internal sealed class SessionProcess : ICellHost
{
    // output may still be buffered when a process has ended; a process that it started may keep the pipe open indefinitely
    private static readonly TimeSpan _drainTimeout = TimeSpan.FromSeconds(2);

    // a process that starts while the pipes of another process are created would inherit them and keep them open
    private static readonly Lock _starting = new();

    private readonly Process _process;
    private readonly ProcessTree _tree;
    private readonly AnonymousPipeServerStream _events;
    private readonly StreamWriter _commands;
    private readonly Lock _sending = new();
    private readonly MarkedStream[] _native;
    private readonly OrderedEvents _ordered;
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;
    private readonly Task _ended;
    private readonly CancellationTokenSource _endedToken = new();
    private readonly StandardErrorTail _standardError = new();
    private readonly CrashTrace _crashTrace = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<CellOutcome> _outcome = new();
    private TaskCompletionSource<SessionEvent> _answer = new();
    private CancellationToken _stop;
    private volatile ICellSink? _sink;
    private volatile bool _isKilled;
    private volatile ExceptionDispatchInfo? _failure;

    private SessionProcess(
        Process process, AnonymousPipeServerStream commands, AnonymousPipeServerStream events, string mark, TimeSpan grace, TimeProvider time)
    {
        _process = process;
        _tree = new ProcessTree(process);
        _events = events;
        _grace = grace;
        _time = time;
        _commands = new StreamWriter(commands, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        // native libraries cannot read from standard input
        process.StandardInput.Close();
        _ordered = new OrderedEvents(item => Guard(() => OnEvent(item)), (channel, text) => Guard(() => OnNativeText(channel, text)));
        _native =
        [
            Read(process.StandardOutput.BaseStream, mark, ConsoleChannel.Output),
            Read(process.StandardError.BaseStream, mark, ConsoleChannel.Error),
        ];
        _ended = FollowAsync();
    }

    /// <inheritdoc/>
    public string ForcedStopResult => "its process was ended";

    /// <inheritdoc/>
    public bool IsAlive => !_ended.IsCompleted && !_isKilled;

    /// <summary>Gets the cause of the end of the process and the reason that it reported, as the end of a sentence; only for a process that has ended.</summary>
    public string EndReason => ProcessEnd.Explain(_process.ExitCode, _standardError.Text);

    /// <summary>Starts the process. The compiler is loaded there in the background.</summary>
    /// <param name="folder">The working directory of cells.</param>
    /// <param name="threads">The number of threads of an operator, unless the environment sets it; null for the number of cores.</param>
    /// <param name="grace">The time that a cell has to stop on request before the process is ended.</param>
    /// <param name="time">The clock.</param>
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
    public Task ReadyAsync(CancellationToken stop) => Task.WhenAny(_ready.Task, _ended).WaitAsync(stop);

    /// <inheritdoc/>
    public async Task<CellOutcome> RunAsync(string code, int number, ICellSink sink, CancellationToken stop)
    {
        _sink = sink;
        _stop = stop;
        _standardError.Clear();
        _outcome = new TaskCompletionSource<CellOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var outcome = OutcomeAsync(_outcome.Task, number);
        Send(new SessionCommand(SessionCommandKind.Run) { Text = code, Number = number });
        try
        {
            return await outcome.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Send(new SessionCommand(SessionCommandKind.Stop));
        }
        try
        {
            return await outcome.WaitAsync(_grace, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            await _ended.ConfigureAwait(false);
            return new CellOutcome(CellStatus.Canceled, number);
        }
    }

    /// <summary>Requests information about code that is being edited, while no cell runs.</summary>
    /// <param name="name">The kind of the request.</param>
    /// <param name="content">The content of the request.</param>
    /// <returns>The content of the reply.</returns>
    /// <exception cref="InvalidOperationException">There is no reply: the process has ended or could not reply.</exception>
    public async Task<string> HelpAsync(string name, string content)
    {
        _answer = new TaskCompletionSource<SessionEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = _answer.Task;
        Send(new SessionCommand(SessionCommandKind.Help) { Name = name, Text = content });
        await Task.WhenAny(answer, _ended).ConfigureAwait(false);
        if (!answer.IsCompleted)
            throw new InvalidOperationException($"The session's process has ended, {EndReason}");
        var given = await answer.ConfigureAwait(false);
        return given.Text ?? throw new InvalidOperationException(given.Failure);
    }

    /// <summary>Ends the process, first by a request, then by force. Processes that its cells started also end.</summary>
    public ValueTask DisposeAsync() => CloseAsync(_grace);

    /// <summary>Ends the process like <see cref="DisposeAsync"/>, with another time limit for the request.</summary>
    public async ValueTask CloseAsync(TimeSpan timeout)
    {
        Send(new SessionCommand(SessionCommandKind.Exit));
        try
        {
            await _ended.WaitAsync(timeout, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            await _ended.ConfigureAwait(false);
        }
        try
        {
            await _commands.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // the process has ended
        }
        await _events.DisposeAsync().ConfigureAwait(false);
        _tree.Dispose();
        _process.Dispose();
        _endedToken.Dispose();
    }

    private MarkedStream Read(Stream stream, string mark, ConsoleChannel channel)
        => new(stream, mark, text => _ordered.AddText(channel, text), () => _ordered.AddMark(channel));

    private async Task<CellOutcome> OutcomeAsync(Task<CellOutcome> outcome, int number)
    {
        await Task.WhenAny(outcome, _ended).ConfigureAwait(false);
        _failure?.Throw();
        if (outcome.IsCompleted)
            return await outcome.ConfigureAwait(false);
        var status = _isKilled ? CellStatus.Canceled : CellStatus.Failed;
        return new CellOutcome(status, number, ProcessEnd.Describe(_process.ExitCode, _standardError.Text, CellLabel.Of(number)));
    }

    /// <summary>Completes when the process has ended and all its output has been delivered.</summary>
    private async Task FollowAsync()
    {
        var events = Task.Factory.StartNew(ReadEvents, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _tree.KillRest();
        await Task.WhenAny(
            Task.WhenAll([events, .. _native.Select(stream => stream.Ended)]),
            Task.Delay(_drainTimeout)).ConfigureAwait(false);
        _ordered.End();
        Guard(() => Forward(_crashTrace.Rest()));
        await _endedToken.CancelAsync().ConfigureAwait(false);
    }

    private void ReadEvents()
    {
        using var reader = new StreamReader(_events, Encoding.UTF8);
        // the process may have ended in the middle of a line
        while (reader.ReadLine() is { } line && line.EndsWith('}'))
            Guard(() => _ordered.AddEvent(SessionJson.Event(line)));
    }

    private void OnEvent(SessionEvent item)
    {
        switch (item.Kind)
        {
            case SessionEventKind.Ready:
                _ready.TrySetResult();
                break;
            case SessionEventKind.Text:
                _sink?.Stream(item.Channel, item.Text!);
                break;
            case SessionEventKind.Displayed:
                _sink?.Display(item.DisplayId!, new MimeBundle(item.Data!));
                break;
            case SessionEventKind.Updated:
                _sink?.Update(item.DisplayId!, new MimeBundle(item.Data!));
                break;
            case SessionEventKind.Result:
                _sink?.Result(new MimeBundle(item.Data!));
                break;
            case SessionEventKind.Asked:
                _ = AnswerAsync(item, _sink, _stop);
                break;
            case SessionEventKind.Helped:
                _answer.TrySetResult(item);
                break;
            case SessionEventKind.Ended:
                _outcome.TrySetResult(item.Outcome!);
                break;
        }
    }

    private async Task AnswerAsync(SessionEvent question, ICellSink? sink, CancellationToken stop)
    {
        string? answer = null;
        try
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stop, _endedToken.Token);
            if (sink is not null)
                answer = await sink.ReadInputAsync(question.Text ?? "", question.IsPassword, cancellation.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // the cell is being stopped or its process has ended
            return;
        }
        Send(new SessionCommand(SessionCommandKind.Input) { Number = question.Number, Text = answer });
    }

    // reading must continue while the process runs, because the process waits for it. An exception of a sink fails the run
    private void Guard(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // the exception is thrown when the run is awaited
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
            Kill();
        }
    }

    private void OnNativeText(ConsoleChannel channel, string text)
    {
        if (channel == ConsoleChannel.Output)
        {
            _sink?.Stream(channel, text);
            return;
        }
        _standardError.Add(text);
        Forward(_crashTrace.Filter(text));
    }

    private void Forward(string error)
    {
        if (error.Length > 0)
            _sink?.Stream(ConsoleChannel.Error, error);
    }

    private void Send(SessionCommand command)
    {
        try
        {
            lock (_sending)
                _commands.WriteLine(SessionJson.Line(command));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // the process has ended, which the caller notices when it waits for the outcome
        }
    }

    private void Kill()
    {
        _isKilled = true;
        _tree.Kill();
    }

    /// <summary>Returns the path of the dotnet host, also if this code runs in another program, such as a test host.</summary>
    private static string DotNet()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }
}
