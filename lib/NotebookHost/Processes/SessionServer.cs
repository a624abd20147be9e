using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using NotebookHost.Display;
using NotebookHost.Kernels;
using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>Answers a request about code that is being edited.</summary>
/// <param name="session">The session whose variables the code can use.</param>
/// <param name="name">The kind of the request.</param>
/// <param name="content">The content of the request.</param>
/// <returns>The content of the reply.</returns>
internal delegate string CodeHelpHandler(CSharpSession session, string name, string content);

/// <summary>
/// The session process of a <see cref="SessionProcess"/>: a session that reads commands from a pipe and writes events to
/// another pipe. Cells have no access to the pipes.
/// </summary>
#pragma warning disable CA1001 // the object exists until the process ends
internal sealed class SessionServer : ICellSink
#pragma warning restore CA1001
{
    /// <summary>The first argument of the process; the handles of the pipes and the mark follow.</summary>
    public const string Command = "run-session";

    private static readonly TimeSpan _exitTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _oneQuestion = new(1, 1);
    private readonly CSharpSession _session;
    private readonly TextWriter _events;
    private readonly NativeStreams _native;
    private readonly CodeHelpHandler _help;
    private readonly string[] _pendingHalves = ["", ""];
    private TaskCompletionSource<string?> _answer = new();
    private int _inputRequests;

    private SessionServer(CSharpSession session, TextWriter events, NativeStreams native, CodeHelpHandler help)
    {
        _session = session;
        _events = events;
        _native = native;
        _help = help;
    }

    /// <summary>Serves commands until the parent requests the end. If the parent has ended, this process and all processes that its cells started end immediately.</summary>
    public static int Run(string commandHandle, string eventHandle, string mark, CodeHelpHandler help)
    {
        ProcessTree.OpenGroup();
        using var session = new CSharpSession();
        // the parent handles Ctrl+C
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var commands = new AnonymousPipeClientStream(PipeDirection.In, commandHandle);
        using var events = new AnonymousPipeClientStream(PipeDirection.Out, eventHandle);
        // processes that a cell starts must not keep the pipes open after this process has ended
        NativeStreams.CloseOnExec(commands.SafePipeHandle);
        NativeStreams.CloseOnExec(events.SafePipeHandle);
        using var reader = new StreamReader(commands, Encoding.UTF8);
        var writer = new StreamWriter(events, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        var native = new NativeStreams(mark);
        AbortTrace.Install(native);
        if (!new SessionServer(session, writer, native, help).Serve(reader))
            ProcessTree.KillOwnGroup();
        // native code of a cell may prevent the process from ending
        new Thread(KillAfterTimeout) { IsBackground = true }.Start();
        return 0;
    }

    public void Stream(ConsoleChannel stream, string text)
    {
        lock (_gate)
        {
            // the first half of a surrogate pair waits for the second half
            text = _pendingHalves[(int)stream] + text;
            var whole = char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
            _pendingHalves[(int)stream] = text[whole..];
            if (whole > 0)
                Send(new SessionEvent(SessionEventKind.Text) { Channel = stream, Text = text[..whole] });
        }
    }

    public void Display(string displayId, MimeBundle bundle)
        => Send(new SessionEvent(SessionEventKind.Displayed) { DisplayId = displayId, Data = Data(bundle) });

    public void Update(string displayId, MimeBundle bundle)
        => Send(new SessionEvent(SessionEventKind.Updated) { DisplayId = displayId, Data = Data(bundle) });

    public void Result(MimeBundle bundle) => Send(new SessionEvent(SessionEventKind.Result) { Data = Data(bundle) });

    public async Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation)
    {
        await _oneQuestion.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            int number;
            lock (_gate)
                (_answer, number) = (answer, ++_inputRequests);
            Send(new SessionEvent(SessionEventKind.Asked) { Number = number, Text = prompt, IsPassword = isPassword });
            return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _oneQuestion.Release();
        }
    }

    /// <summary>Executes commands.</summary>
    /// <returns>Whether the parent requested the end; false if the parent has ended.</returns>
    private bool Serve(TextReader commands)
    {
        _ = ReportReadyAsync();
        CancellationTokenSource? stop = null;
        while (commands.ReadLine() is { } line && line.EndsWith('}'))
        {
            var command = SessionJson.Command(line);
            switch (command.Kind)
            {
                case SessionCommandKind.Run:
                    stop = new CancellationTokenSource();
                    _ = RunAsync(command.Text!, command.Number, stop.Token);
                    break;
                case SessionCommandKind.Stop:
                    stop?.CancelAsync();
                    break;
                case SessionCommandKind.Input:
                    Answer(command);
                    break;
                case SessionCommandKind.Help:
                    // not on the thread pool, because the notebook may use all its threads
                    new Thread(() => Help(command)) { IsBackground = true, Name = "code help" }.Start();
                    break;
                case SessionCommandKind.Exit:
                    return true;
            }
        }
        return false;
    }

    private async Task ReportReadyAsync()
    {
        // the first cell reports errors of the session
        await _session.Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Send(new SessionEvent(SessionEventKind.Ready));
    }

    private async Task RunAsync(string code, int number, CancellationToken stop)
    {
        CellOutcome outcome;
        try
        {
            _session.ExecutionCount = number - 1;
            outcome = await _session.RunAsync(code, this, stop).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the parent waits for an outcome, even after an unexpected error
        catch (Exception error)
#pragma warning restore CA1031
        {
            outcome = new CellOutcome(CellStatus.Failed, number, new CellError(error.GetType().Name, error.Message, Line: null, [error.Message]));
        }
        Send(new SessionEvent(SessionEventKind.Ended) { Outcome = outcome });
    }

    private void Answer(SessionCommand command)
    {
        lock (_gate)
        {
            if (command.Number == _inputRequests)
                _answer.TrySetResult(command.Text);
        }
    }

    private void Help(SessionCommand command)
    {
        var answer = new SessionEvent(SessionEventKind.Helped);
        try
        {
            answer = answer with { Text = _help(_session, command.Name!, command.Text!) };
        }
#pragma warning disable CA1031 // the parent waits for a reply, even after an unexpected error
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer = answer with { Failure = error.ToString() };
        }
        Send(answer);
    }

    private void Send(SessionEvent item)
    {
        // events are written immediately and completely, so that they are not lost if the process ends afterwards
        var line = SessionJson.Line(item);
        lock (_gate)
        {
            _native.Mark();
            _events.WriteLine(line);
        }
    }

    private static void KillAfterTimeout()
    {
        Thread.Sleep(_exitTimeout);
        ProcessTree.KillOwnGroup();
    }

    private static Dictionary<string, string> Data(MimeBundle bundle)
        => bundle.MimeTypes.ToDictionary(mimeType => mimeType, mimeType => bundle[mimeType], StringComparer.Ordinal);
}
