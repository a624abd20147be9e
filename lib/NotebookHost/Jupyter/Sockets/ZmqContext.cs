namespace NotebookHost.Jupyter.Sockets;

/// <summary>What sockets are made in and end with.</summary>
internal sealed class ZmqContext : IDisposable
{
    private readonly nint _handle = LibZmq.NewContext();
    private bool _disposed;

    /// <exception cref="DllNotFoundException">The machine has no libzmq; the message says how to get it.</exception>
    public ZmqContext()
    {
    }

    /// <summary>Makes a socket, for the one thread that will use it.</summary>
    /// <exception cref="ZmqException">ZeroMQ cannot make one.</exception>
    public ZmqSocket Open(SocketType type) => new(_handle, type);

    /// <summary>Wakes every thread that waits at a socket: its call ends with <see cref="ZmqTerminatedException"/>.</summary>
    public void ShutDown() => _ = LibZmq.ShutDownContext(_handle);

    /// <summary>Waits until every socket is closed and has sent what it held.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _ = LibZmq.EndContext(_handle);
    }
}
