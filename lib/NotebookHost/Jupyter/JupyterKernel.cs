using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Jupyter;

/// <summary>A kernel: it provides a session on the sockets that a front end specifies. The session has its own process.</summary>
internal sealed class JupyterKernel : IDisposable
{
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Interrupts _interrupts = new();
    private readonly KernelSockets _sockets;
    private readonly Publisher _publisher;
    private readonly InputRequests _inputRequests;

    /// <summary>Opens the sockets and starts to handle messages.</summary>
    /// <param name="connection">The addresses to listen on.</param>
    /// <param name="session">The session that runs the cells.</param>
    /// <param name="log">The log of errors.</param>
    /// <exception cref="IOException">An address is in use.</exception>
    public JupyterKernel(ConnectionFile connection, KernelSession session, KernelLog log)
    {
        _sockets = new KernelSockets(connection);
        var wire = new WireFormat(connection.Key);
        var id = Guid.NewGuid().ToString();
        _publisher = new Publisher(_sockets.Publish, wire, id, TimeProvider.System);
        _publisher.Status("starting", parent: null);
        var link = new KernelLink(id, wire, _publisher, _interrupts, log, Stop);
        new ControlChannel(_sockets.Control, link).Start();
        _inputRequests = new InputRequests(_sockets.StdIn, wire, id, log);
        new ShellChannel(_sockets.Shell, link, _inputRequests, session).Start();
    }

    /// <summary>Gets a task that completes when the kernel is requested to stop.</summary>
    public Task Completion => _stop.Task;

    /// <summary>Stops the running cell.</summary>
    public void Interrupt() => _interrupts.Request();

    /// <summary>Requests the kernel to stop.</summary>
    public void Stop() => _stop.TrySetResult();

    /// <summary>Sends pending messages and closes the sockets.</summary>
    public void Dispose()
    {
        _interrupts.Request();
        _publisher.Dispose();
        _sockets.Dispose();
        _inputRequests.Dispose();
    }
}
