using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Jupyter;

/// <summary>A kernel: it serves a session at the sockets that a front end named. The session has a process of its own.</summary>
internal sealed class JupyterKernel : IDisposable
{
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Interrupts _interrupts = new();
    private readonly KernelSockets _sockets;
    private readonly Publisher _publisher;
    private readonly Questions _questions;

    /// <summary>Opens the sockets and begins to serve.</summary>
    /// <param name="connection">Where to listen.</param>
    /// <param name="session">Runs the cells.</param>
    /// <param name="log">Takes what goes wrong.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    public JupyterKernel(ConnectionFile connection, KernelSession session, KernelLog log)
    {
        _sockets = new KernelSockets(connection);
        var wire = new WireFormat(connection.Key);
        var id = Guid.NewGuid().ToString();
        _publisher = new Publisher(_sockets.Publish, wire, id, TimeProvider.System);
        _publisher.Status("starting", parent: null);
        var link = new KernelLink(id, wire, _publisher, _interrupts, log, Stop);
        new ControlChannel(_sockets.Control, link).Start();
        _questions = new Questions(_sockets.StdIn, wire, id, log);
        new ShellChannel(_sockets.Shell, link, _questions, session).Start();
    }

    /// <summary>Gets a task that ends when the kernel was told to stop.</summary>
    public Task Completion => _stop.Task;

    /// <summary>Stops the running cell.</summary>
    public void Interrupt() => _interrupts.Request();

    /// <summary>Tells the kernel to stop.</summary>
    public void Stop() => _stop.TrySetResult();

    /// <summary>Sends what waits and closes the sockets.</summary>
    public void Dispose()
    {
        _interrupts.Request();
        _publisher.Dispose();
        _sockets.Dispose();
        _questions.Dispose();
    }
}
