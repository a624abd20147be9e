using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;
using NotebookHost.Kernels;

namespace NotebookHost.Jupyter;

/// <summary>A kernel: one session, served at the sockets that a front end named.</summary>
/// <remarks>
/// A thread for each socket. What comes late, such as the session's compiler getting warm, does not keep the sockets from answering.
/// </remarks>
internal sealed class JupyterKernel : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Interrupts _interrupts = new();
    private readonly ZmqContext _context = new();
    private readonly CSharpSession _session;
    private readonly Publisher _publisher;
    private readonly Questions _questions;
    private readonly RequestChannel[] _channels;

    /// <summary>Opens the sockets and begins to serve.</summary>
    /// <exception cref="ZmqException">An address is taken.</exception>
    /// <exception cref="DllNotFoundException">The machine has no libzmq.</exception>
    public JupyterKernel(ConnectionFile connection, KernelLog log)
    {
        var shell = Listen(SocketType.Router, connection.Shell);
        var ioPub = Listen(SocketType.Publish, connection.IoPub);
        var stdIn = Listen(SocketType.Router, connection.StdIn);
        var control = Listen(SocketType.Router, connection.Control);
        var heartBeat = Listen(SocketType.Reply, connection.HeartBeat);

        var wire = new WireFormat(connection.Key);
        var id = Guid.NewGuid().ToString();
        _publisher = new Publisher(ioPub, wire, id, TimeProvider.System);
        _publisher.Status("starting", parent: null);
        _questions = new Questions(stdIn, wire, id, log);
        new Thread(() => Echo(heartBeat)) { IsBackground = true, Name = "jupyter heartbeat" }.Start();
        var link = new KernelLink(id, wire, _publisher, _interrupts, log, Stop);
        _session = new CSharpSession();
        _channels = [new ControlChannel(control, link), new ShellChannel(shell, link, _questions, _session)];
        foreach (var channel in _channels)
            channel.Start();
    }

    /// <summary>Ends when the kernel was told to stop.</summary>
    public Task Completion => _stop.Task;

    /// <summary>Stops the running cell.</summary>
    public void Interrupt() => _interrupts.Request();

    /// <summary>Tells the kernel to stop.</summary>
    public void Stop() => _stop.TrySetResult();

    /// <summary>Sends what is to be sent and closes the sockets. A cell that cannot be stopped is left behind.</summary>
    public void Dispose()
    {
        _interrupts.Request();
        _publisher.Dispose();
        _context.ShutDown();
        _questions.Dispose();
        var ended = true;
        foreach (var channel in _channels)
            ended &= channel.Join(_patience);
        // a context cannot end before its last socket; but then its replies are long sent
        if (ended)
            _context.Dispose();
        _session.Dispose();
    }

    private ZmqSocket Listen(SocketType type, string endpoint)
    {
        var socket = _context.Open(type);
        socket.Bind(endpoint);
        return socket;
    }

    private static void Echo(ZmqSocket socket)
    {
        try
        {
            while (true)
                socket.Send(socket.Receive());
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
}
