using System.Text.Json.Nodes;
using System.Threading.Channels;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;
using NotebookHost.Sessions;

namespace NotebookHost.Jupyter;

/// <summary>Handles the requests of a socket one after the other on a separate thread.</summary>
/// <param name="name">The name of the channel in the protocol.</param>
/// <param name="channel">The messages of the socket.</param>
/// <param name="link">The objects that the channels of the kernel share.</param>
internal abstract class RequestChannel(string name, MessageChannel channel, KernelLink link)
{
    // the maximum time between requests that were sent together
    private static readonly TimeSpan _together = TimeSpan.FromMilliseconds(10);

    private readonly Queue<JupyterMessage> _waiting = [];

    /// <summary>The objects that the channels of the kernel share.</summary>
    protected KernelLink Link => link;

    /// <summary>Starts to handle requests.</summary>
    public void Start() => new Thread(Work) { IsBackground = true, Name = "jupyter " + name }.Start();

    /// <summary>Returns the type and content of the reply; null for none.</summary>
    protected abstract (string Type, JsonObject Content)? Answer(JupyterMessage request);

    /// <summary>Adds the requests that arrived during another request to the queue, and returns their number.</summary>
    protected int CountWaiting()
    {
        var frames = channel.TryReceive();
        while (frames is not null)
        {
            if (Decode(frames) is { } request)
                _waiting.Enqueue(request);
            if ((frames = channel.TryReceive()) is null)
            {
                Thread.Sleep(_together);
                frames = channel.TryReceive();
            }
        }
        return _waiting.Count;
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                if (_waiting.TryDequeue(out var request) || (request = Decode(channel.ReceiveAsync().AsTask().GetAwaiter().GetResult())) is not null)
                    Serve(request);
            }
        }
        catch (ChannelClosedException)
        {
            // the kernel is ending
        }
    }

    private void Serve(JupyterMessage request)
    {
        link.Publisher.Status("busy", request);
        try
        {
            if (TryAnswer(request) is var (type, content))
                channel.Send(link.Wire.Encode(JupyterMessage.Create(type, content, link.Session, request, request.Identities)));
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
#pragma warning disable CA1031 // an error of one request must not end the kernel
        catch (Exception error)
#pragma warning restore CA1031
        {
            link.Log.Write($"{request.Type} failed: {error}");
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
