using System.Threading.Channels;

namespace NotebookHost.Jupyter.Sockets;

/// <summary>The messages of one socket, as lists of frames. Any thread can send; one thread at a time can receive.</summary>
internal sealed class MessageChannel(Action<IReadOnlyList<byte[]>> send)
{
    private readonly Channel<List<byte[]>> _received = Channel.CreateUnbounded<List<byte[]>>();

    /// <summary>Sends a message.</summary>
    public void Send(IReadOnlyList<byte[]> frames) => send(frames);

    /// <summary>Waits for a message.</summary>
    /// <exception cref="ChannelClosedException">The kernel is ending.</exception>
    public ValueTask<List<byte[]>> ReceiveAsync(CancellationToken cancellation = default) => _received.Reader.ReadAsync(cancellation);

    /// <summary>Returns a received message; null if there is none.</summary>
    public List<byte[]>? TryReceive() => _received.Reader.TryRead(out var frames) ? frames : null;

    /// <summary>Adds a received message.</summary>
    internal void Add(List<byte[]> frames) => _received.Writer.TryWrite(frames);

    /// <summary>Closes the channel.</summary>
    internal void Close() => _received.Writer.TryComplete();
}
