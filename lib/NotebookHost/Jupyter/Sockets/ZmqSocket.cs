using System.Runtime.InteropServices;

namespace NotebookHost.Jupyter.Sockets;

/// <summary>A socket that carries messages of several frames. It belongs to one thread.</summary>
internal sealed class ZmqSocket : IDisposable
{
    private const int Linger = 17;
    private const int SendHighWaterMark = 23;
    private const int ReceiveTimeout = 27;
    private const int RouterHandover = 56;
    private const int Ipv6 = 42;
    private const int SubscribeTo = 6;
    private const int Identity = 5;
    private const int SendMore = 2;
    private const int DoNotWait = 1;

    private readonly nint _handle;
    private bool _disposed;

    internal ZmqSocket(nint context, SocketType type)
    {
        _handle = LibZmq.NewSocket(context, (int)type);
        if (_handle == 0)
            throw ZmqException.Last("A socket could not be opened");
        Set(Linger, 1000);
        Set(Ipv6, 1);
        if (type == SocketType.Router)
            // a front end that reconnects keeps its name
            Set(RouterHandover, 1);
        if (type == SocketType.Publish)
            // by default ZeroMQ drops what is published while a listener lags by a thousand messages
            Set(SendHighWaterMark, 0);
        if (type == SocketType.Subscribe)
            Check(LibZmq.SetOption(_handle, SubscribeTo, [], 0), "Subscribing");
    }

    /// <summary>Gives the socket the name by which routers know it; before it connects.</summary>
    public void Name(ReadOnlySpan<byte> identity)
        => Check(LibZmq.SetOption(_handle, Identity, identity, (nuint)identity.Length), "A socket could not be named");

    /// <exception cref="ZmqException">The address is taken, or there is no such.</exception>
    public void Bind(string endpoint) => Check(LibZmq.Bind(_handle, endpoint), $"Cannot listen at {endpoint}");

    /// <exception cref="ZmqException">There is no such address.</exception>
    public void Connect(string endpoint) => Check(LibZmq.Connect(_handle, endpoint), $"Cannot connect to {endpoint}");

    /// <exception cref="ZmqException">The peer takes nothing.</exception>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            var flags = i < frames.Count - 1 ? SendMore : 0;
            while (LibZmq.Send(_handle, frames[i], (nuint)frames[i].Length, flags) < 0)
            {
                if (Marshal.GetLastPInvokeError() != LibZmq.ErrorInterrupted)
                    throw ZmqException.Last("A message could not be sent");
            }
        }
    }

    /// <summary>Waits for a message.</summary>
    public List<byte[]> Receive() => Receive(Timeout.InfiniteTimeSpan)!;

    /// <summary>Waits for a message for so long; null when none came.</summary>
    public List<byte[]>? Receive(TimeSpan patience)
    {
        var wait = patience != TimeSpan.Zero;
        if (wait)
            Set(ReceiveTimeout, (int)patience.TotalMilliseconds);
        var frames = new List<byte[]>();
        var more = true;
        while (more)
        {
            if (ReceiveFrame(wait ? 0 : DoNotWait, out more) is not { } frame)
                return null;
            frames.Add(frame);
        }
        return frames;
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _ = LibZmq.Close(_handle);
    }

    private byte[]? ReceiveFrame(int flags, out bool more)
    {
        more = false;
        var frame = default(LibZmq.Frame);
        _ = LibZmq.Init(ref frame);
        try
        {
            int length;
            while ((length = LibZmq.Receive(ref frame, _handle, flags)) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == LibZmq.ErrorAgain)
                    return null;
                if (error != LibZmq.ErrorInterrupted)
                    throw ZmqException.Last("No message could be received");
            }
            more = LibZmq.HasMore(ref frame) != 0;
            var bytes = new byte[length];
            Marshal.Copy(LibZmq.Data(ref frame), bytes, 0, length);
            return bytes;
        }
        finally
        {
            _ = LibZmq.Close(ref frame);
        }
    }

    private void Set(int option, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(bytes, value);
        Check(LibZmq.SetOption(_handle, option, bytes, sizeof(int)), "A socket could not be set up");
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
            throw ZmqException.Last(what);
    }
}
