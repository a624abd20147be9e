using System.Runtime.InteropServices;

namespace NotebookHost.Jupyter.Sockets;

/// <summary>ZeroMQ refused a call.</summary>
internal class ZmqException(string message) : IOException(message)
{
    /// <summary>Words the error that the last call on this thread left.</summary>
    public static ZmqException Last(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return error == LibZmq.ErrorTerminated
            ? new ZmqTerminatedException()
            : new ZmqException($"{what}: {Marshal.PtrToStringUTF8(LibZmq.Describe(error))}");
    }
}

/// <summary>The context was shut down: nothing more comes or goes.</summary>
internal sealed class ZmqTerminatedException() : ZmqException("The connection was shut down");
