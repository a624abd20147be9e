using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Jupyter;

/// <summary>Asks the user for a line of text, through the front end that runs the cell.</summary>
internal sealed class Questions : IDisposable
{
    // how soon an interrupt is noticed while the user thinks
    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    private readonly BlockingCollection<Question> _open = [];
    private readonly ZmqSocket _socket;
    private readonly WireFormat _wire;
    private readonly string _session;
    private readonly KernelLog _log;
    private readonly Thread _thread;

    public Questions(ZmqSocket socket, WireFormat wire, string session, KernelLog log)
    {
        _socket = socket;
        _wire = wire;
        _session = session;
        _log = log;
        _thread = new Thread(Work) { IsBackground = true, Name = "jupyter stdin" };
        _thread.Start();
    }

    /// <summary>Asks; the task ends with the answer, or cancelled when the cell is interrupted meanwhile.</summary>
    public Task<string?> AskAsync(string prompt, bool isPassword, JupyterMessage request, CancellationToken cancellation)
    {
        var question = new Question(prompt, isPassword, request, cancellation);
        _open.Add(question, cancellation);
        return question.Answer.Task;
    }

    /// <summary>Ends; the context is shut down already, which ends the question that is open.</summary>
    public void Dispose()
    {
        _open.CompleteAdding();
        _thread.Join();
        _open.Dispose();
    }

    private void Work()
    {
        try
        {
            foreach (var question in _open.GetConsumingEnumerable())
                Put(question);
        }
        catch (ZmqTerminatedException)
        {
            // the front end is gone
        }
        finally
        {
            _socket.Dispose();
        }
    }

    private void Put(Question question)
    {
        // answers to questions that an interrupt took back
        while (_socket.Receive(TimeSpan.Zero) is not null)
        {
        }
        var content = new JsonObject { ["prompt"] = question.Prompt, ["password"] = question.IsPassword };
        _socket.Send(_wire.Encode(
            JupyterMessage.Create("input_request", content, _session, question.Request, question.Request.Identities)));
        try
        {
            string? answer = null;
            while (answer is null)
            {
                question.Cancellation.ThrowIfCancellationRequested();
                if (_socket.Receive(_glance) is { } frames)
                    answer = Read(frames);
            }
            question.Answer.SetResult(answer);
        }
        catch (Exception end) when (end is OperationCanceledException or ZmqTerminatedException)
        {
            question.Answer.SetCanceled(CancellationToken.None);
            if (end is ZmqTerminatedException)
                throw;
        }
    }

    private string? Read(List<byte[]> frames)
    {
        try
        {
            var reply = _wire.Decode(frames);
            return reply.Type == "input_reply" ? reply.Content.Text("value") ?? "" : null;
        }
        catch (InvalidDataException error)
        {
            _log.Dropped("stdin", error);
            return null;
        }
    }

    private sealed record Question(string Prompt, bool IsPassword, JupyterMessage Request, CancellationToken Cancellation)
    {
        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
