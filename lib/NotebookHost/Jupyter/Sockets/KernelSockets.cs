using NetMQ;
using NetMQ.Sockets;

namespace NotebookHost.Jupyter.Sockets;

/// <summary>
/// The five sockets of a kernel. One thread owns them and answers the heartbeat; other threads exchange messages with it
/// through queues.
/// </summary>
internal sealed class KernelSockets : IDisposable
{
    private static readonly TimeSpan _shutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly NetMQPoller _poller = [];
    private readonly NetMQQueue<Outgoing> _outgoing = new();
    private readonly List<NetMQSocket> _sockets = [];
    private readonly ManualResetEventSlim _hasEnded = new();
    private readonly PublisherSocket _ioPub;

    /// <summary>Opens the sockets and starts to handle messages.</summary>
    /// <exception cref="IOException">An address is in use.</exception>
    public KernelSockets(ConnectionFile connection)
    {
        try
        {
            Shell = Route(connection.Shell);
            _ioPub = Listen(new PublisherSocket(), connection.IoPub);
            StdIn = Route(connection.StdIn);
            Control = Route(connection.Control);
            var heartBeat = Listen(new ResponseSocket(), connection.HeartBeat);
            heartBeat.ReceiveReady += (_, ready) => ready.Socket.SendMultipartBytes(ready.Socket.ReceiveMultipartBytes());
        }
        catch
        {
            _sockets.ForEach(socket => socket.Dispose());
            throw;
        }
        _outgoing.ReceiveReady += (_, _) => SendAll();
        _poller.Add(_outgoing);
        _sockets.ForEach(_poller.Add);
        new Thread(Work) { IsBackground = true, Name = "jupyter sockets" }.Start();
    }

    /// <summary>Gets the channel for requests to run code and about code.</summary>
    public MessageChannel Shell { get; }

    /// <summary>Gets the channel for input requests to the user.</summary>
    public MessageChannel StdIn { get; }

    /// <summary>Gets the channel for requests that must not wait for a running cell.</summary>
    public MessageChannel Control { get; }

    /// <summary>Sends a message to all front ends. Messages, including those of the channels, are sent in the order of the calls.</summary>
    public void Publish(IReadOnlyList<byte[]> frames) => Send(_ioPub, frames);

    /// <summary>Sends pending messages, closes the sockets and closes the channels.</summary>
    public void Dispose()
    {
        if (_hasEnded.IsSet)
            return;
        Send(socket: null, []);
        _hasEnded.Wait(_shutdownTimeout);
        foreach (var channel in (MessageChannel[])[Shell, StdIn, Control])
            channel.Close();
    }

    private MessageChannel Route(string endpoint)
    {
        var socket = new RouterSocket();
        // a front end that reconnects keeps its identity
        socket.Options.RouterHandover = true;
        Listen(socket, endpoint);
        var channel = new MessageChannel(frames => Send(socket, frames));
        socket.ReceiveReady += (_, ready) =>
        {
            List<byte[]> frames = null!;
            while (ready.Socket.TryReceiveMultipartBytes(ref frames!))
            {
                channel.Add(frames);
                frames = null!;
            }
        };
        return channel;
    }

    private T Listen<T>(T socket, string endpoint)
        where T : NetMQSocket
    {
        _sockets.Add(socket);
        socket.Options.Linger = _shutdownTimeout;
        socket.Options.IPv4Only = !endpoint.Contains('[', StringComparison.Ordinal);
        // by default, ZeroMQ drops messages if a receiver is a thousand messages behind
        socket.Options.SendHighWatermark = 0;
        socket.Options.ReceiveHighWatermark = 0;
        try
        {
            socket.Bind(endpoint);
        }
        catch (NetMQException error)
        {
            throw new IOException($"Cannot listen on {endpoint}: {error.Message}", error);
        }
        return socket;
    }

    private void Send(NetMQSocket? socket, IReadOnlyList<byte[]> frames)
    {
        if (_hasEnded.IsSet)
            return;
        try
        {
            _outgoing.Enqueue(new Outgoing(socket, frames));
        }
        catch (ObjectDisposedException)
        {
            // the kernel is ending
        }
    }

    private void SendAll()
    {
        while (_outgoing.TryDequeue(out var message, TimeSpan.Zero))
        {
            if (message.Socket is null)
                _poller.StopAsync();
            else
                message.Socket.TrySendMultipartBytes(_shutdownTimeout, message.Frames);
        }
    }

    private void Work()
    {
        _poller.Run();
        _poller.Dispose();
        _sockets.ForEach(socket => socket.Dispose());
        _outgoing.Dispose();
        // waits until everything is sent, up to the linger time of the sockets
        NetMQConfig.Cleanup(block: true);
        _hasEnded.Set();
    }

    /// <summary>A message to send; without a socket, a request to end.</summary>
    private sealed record Outgoing(NetMQSocket? Socket, IReadOnlyList<byte[]> Frames);
}
