using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using NotebookHost.Display;
using NotebookHost.Kernels;
using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>Answers a question about code that is being written.</summary>
/// <param name="session">The session whose variables the code may use.</param>
/// <param name="name">The kind of question.</param>
/// <param name="content">The question.</param>
/// <returns>The answer.</returns>
internal delegate string CodeHelpHandler(CSharpSession session, string name, string content);

/// <summary>
/// The session process's side of a <see cref="SessionProcess"/>: a session that takes its commands from a pipe and writes its events to
/// another. Cells do not know the pipes.
/// </summary>
#pragma warning disable CA1001 // it lives as long as its process
internal sealed class SessionServer : ICellSink
#pragma warning restore CA1001
{
    /// <summary>The first argument of the process; the pipes' handles and the mark follow.</summary>
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
    private int _questions;

    private SessionServer(CSharpSession session, TextWriter events, NativeStreams native, CodeHelpHandler help)
    {
        _session = session;
        _events = events;
        _native = native;
        _help = help;
    }

    /// <summary>Serves until the parent asks for the end. When the parent has died, this process ends at once, with all that its cells started.</summary>
    public static int Run(string commandHandle, string eventHandle, string mark, CodeHelpHandler help)
    {
        ProcessTree.OpenGroup();
        using var session = new CSharpSession();
        // the parent decides what Ctrl+C means
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var commands = new AnonymousPipeClientStream(PipeDirection.In, commandHandle);
        using var events = new AnonymousPipeClientStream(PipeDirection.Out, eventHandle);
        // a process that a cell starts must not keep the pipes open when this one has ended
        NativeStreams.CloseOnExec(commands.SafePipeHandle);
        NativeStreams.CloseOnExec(events.SafePipeHandle);
        using var reader = new StreamReader(commands, Encoding.UTF8);
        var writer = new StreamWriter(events, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        var native = new NativeStreams(mark);
        AbortTrace.Install(native);
        if (!new SessionServer(session, writer, native, help).Serve(reader))
            ProcessTree.KillOwnGroup();
        // native code of a cell may keep the process from ending
        new Thread(KillAfterTimeout) { IsBackground = true }.Start();
        return 0;
    }

    public void Stream(ConsoleChannel stream, string text)
    {
        lock (_gate)
        {
            // half of a character beyond the basic plane is not text; it waits for the other half
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
                (_answer, number) = (answer, ++_questions);
            Send(new SessionEvent(SessionEventKind.Asked) { Number = number, Text = prompt, IsPassword = isPassword });
            return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _oneQuestion.Release();
        }
    }

    /// <summary>Carries out commands.</summary>
    /// <returns>Whether the parent asked for the end; false when it has died.</returns>
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
                    // not on the thread pool, which the notebook's own work may occupy
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
        // the first cell reports what is wrong with the session
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
#pragma warning disable CA1031 // the parent waits for an outcome, whatever went wrong
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
            if (command.Number == _questions)
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
#pragma warning disable CA1031 // the parent waits for an answer, whatever went wrong
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer = answer with { Failure = error.ToString() };
        }
        Send(answer);
    }

    private void Send(SessionEvent item)
    {
        // written at once and whole: when the process dies a moment later, this much is known
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
