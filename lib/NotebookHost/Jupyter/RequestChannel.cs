using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;
using NotebookHost.Sessions;

namespace NotebookHost.Jupyter;

/// <summary>Takes requests from a socket one after the other, on a thread of its own, and replies to them.</summary>
/// <param name="name">What the protocol calls the channel.</param>
/// <param name="socket">The socket, which is this object's from now on.</param>
/// <param name="link">What the kernel's channels share.</param>
internal abstract class RequestChannel(string name, ZmqSocket socket, KernelLink link)
{
    // requests that were sent together arrive within
    private static readonly TimeSpan _together = TimeSpan.FromMilliseconds(10);

    private readonly Queue<JupyterMessage> _waiting = [];
    private Thread? _thread;

    /// <summary>What the kernel's channels share.</summary>
    protected KernelLink Link => link;

    /// <summary>Begins to serve.</summary>
    public void Start()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "jupyter " + name };
        _thread.Start();
    }

    /// <summary>Waits for the end, which comes when the context is shut down; false when it has not come by then.</summary>
    public bool Join(TimeSpan patience) => _thread?.Join(patience) ?? true;

    /// <summary>The type and content of the reply; null for none.</summary>
    protected abstract (string Type, JsonObject Content)? Answer(JupyterMessage request);

    /// <summary>Takes in the requests that have come while one was served, and says how many those are.</summary>
    protected int CountWaiting()
    {
        while (socket.Receive(_together) is { } frames)
        {
            if (Decode(frames) is { } request)
                _waiting.Enqueue(request);
        }
        return _waiting.Count;
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                if (_waiting.TryDequeue(out var request) || (request = Decode(socket.Receive())) is not null)
                    Serve(request);
            }
        }
        catch (ZmqTerminatedException)
        {
            // the kernel ends
        }
        finally
        {
            socket.Dispose();
        }
    }

    private void Serve(JupyterMessage request)
    {
        link.Publisher.Status("busy", request);
        try
        {
            if (TryAnswer(request) is var (type, content))
                socket.Send(link.Wire.Encode(JupyterMessage.Create(type, content, link.Session, request, request.Identities)));
        }
        finally
        {
            link.Publisher.Status("idle", request);
        }
        if (request.Type == "shutdown_request")
            link.Stop();
    }

    private (string Type, JsonObject Content)? TryAnswer(JupyterMessage request)
    {
        try
        {
            return Answer(request);
        }
#pragma warning disable CA1031 // one request that cannot be served must not end the kernel
        catch (Exception error)
#pragma warning restore CA1031
        {
            link.Log.Write($"{request.Type} could not be served: {error}");
            var content = PublishedOutput.Content(new CellError(error.GetType().Name, error.Message, Line: null, [error.Message]));
            content["status"] = "error";
            return (request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content);
        }
    }

    private JupyterMessage? Decode(List<byte[]> frames)
    {
        try
        {
            return link.Wire.Decode(frames);
        }
        catch (InvalidDataException error)
        {
            link.Log.Dropped(name, error);
            return null;
        }
    }
}
