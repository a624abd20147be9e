using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using NotebookHost.Display;
using NotebookHost.Kernels;
using NotebookHost.Sessions;

namespace NotebookHost.Running.Processes;

/// <summary>
/// The other end of a <see cref="SessionProcess"/>: a session whose cells come, and whose outputs go, over pipes that no cell knows of.
/// </summary>
internal sealed class SessionServer : ICellSink
{
    /// <summary>The first argument of the process; the pipes' handles and the mark follow.</summary>
    public const string Command = "run-session";

    private static readonly TimeSpan _longestExit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TextWriter _events;
    private readonly NativeStreams _native;
    private readonly string[] _halves = ["", ""];

    private SessionServer(TextWriter events, NativeStreams native)
    {
        _events = events;
        _native = native;
    }

    /// <summary>Runs cells until the pipe of commands is closed, by the runner's will or its death.</summary>
    public static int Run(string commandHandle, string eventHandle, string mark)
    {
        // Ctrl-C reaches every process of the terminal; the runner says what it means for this one
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var session = new CSharpSession(new SessionOptions { GathersOutput = false });
        using var commands = new AnonymousPipeClientStream(PipeDirection.In, commandHandle);
        using var events = new AnonymousPipeClientStream(PipeDirection.Out, eventHandle);
        // a process that a cell starts must not keep the pipes open when this one has ended
        NativeStreams.CloseOnExec(commands.SafePipeHandle);
        NativeStreams.CloseOnExec(events.SafePipeHandle);
        using var reader = new StreamReader(commands, Encoding.UTF8);
        var writer = new StreamWriter(events, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        new SessionServer(writer, new NativeStreams(mark)).Serve(session, reader);
        // what a cell left running in native code may keep the process from ending
        new Thread(KillLate) { IsBackground = true }.Start();
        return 0;
    }

    public void Stream(ConsoleChannel stream, string text)
    {
        lock (_gate)
        {
            // half of a character beyond the basic plane is no text; it waits for the other half
            text = _halves[(int)stream] + text;
            var whole = char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
            _halves[(int)stream] = text[whole..];
            if (whole > 0)
                Send(new SessionEvent(SessionEventKind.Text) { Channel = stream, Text = text[..whole] });
        }
    }

    public void Display(string displayId, MimeBundle bundle)
        => Send(new SessionEvent(SessionEventKind.Shown) { DisplayId = displayId, Data = Data(bundle) });

    public void Update(string displayId, MimeBundle bundle)
        => Send(new SessionEvent(SessionEventKind.Updated) { DisplayId = displayId, Data = Data(bundle) });

    public void Result(MimeBundle bundle) => Send(new SessionEvent(SessionEventKind.Result) { Data = Data(bundle) });

    private void Serve(CSharpSession session, TextReader commands)
    {
        _ = ReportReadyAsync(session);
        CancellationTokenSource? stop = null;
        while (commands.ReadLine() is { } line)
        {
            if (SessionJson.Command(line).Code is { } code)
                _ = RunAsync(session, code, (stop = new CancellationTokenSource()).Token);
            else
                stop?.CancelAsync();
        }
    }

    private async Task ReportReadyAsync(CSharpSession session)
    {
        // whatever is wrong with it, the first cell tells
        await session.Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Send(new SessionEvent(SessionEventKind.Ready));
    }

    private async Task RunAsync(CSharpSession session, string code, CancellationToken stop)
    {
        CellOutcome outcome;
        try
        {
            outcome = await session.RunAsync(code, this, stop).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the runner waits for an answer, whatever went wrong
        catch (Exception error)
#pragma warning restore CA1031
        {
            var refused = new CellError(error.GetType().Name, error.Message, Line: null, [error.Message]);
            outcome = new CellOutcome(CellStatus.Failed, session.ExecutionCount, refused);
        }
        _native.Mark();
        Send(new SessionEvent(SessionEventKind.Ended) { Outcome = outcome });
    }

    private void Send(SessionEvent news)
    {
        // written at once and whole: when the process dies a moment later, this much is known
        var line = SessionJson.Line(news);
        lock (_gate)
            _events.WriteLine(line);
    }

    private static void KillLate()
    {
        Thread.Sleep(_longestExit);
        Process.GetCurrentProcess().Kill();
    }

    private static Dictionary<string, string> Data(MimeBundle bundle)
        => bundle.MimeTypes.ToDictionary(mimeType => mimeType, mimeType => bundle[mimeType], StringComparer.Ordinal);
}
