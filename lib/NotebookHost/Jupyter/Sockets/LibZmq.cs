using System.Reflection;
using System.Runtime.InteropServices;

namespace NotebookHost.Jupyter.Sockets;

/// <summary>The functions of libzmq, the library through which every Jupyter front end speaks.</summary>
internal static partial class LibZmq
{
    public const int ErrorAgain = 11;
    public const int ErrorInterrupted = 4;

    // ZeroMQ's own numbers start there, so that they meet no system's
    public const int ErrorTerminated = 156384765;

    private const string Library = "zmq";

    private static readonly string[] _names = ["libzmq.so.5", "libzmq.so", "libzmq.5.dylib", "libzmq.dylib", "libzmq.dll"];

    static LibZmq() => NativeLibrary.SetDllImportResolver(typeof(LibZmq).Assembly, Resolve);

    [LibraryImport(Library, EntryPoint = "zmq_ctx_new")]
    public static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "zmq_ctx_shutdown")]
    public static partial int ShutDownContext(nint context);

    [LibraryImport(Library, EntryPoint = "zmq_ctx_term")]
    public static partial int EndContext(nint context);

    [LibraryImport(Library, EntryPoint = "zmq_socket", SetLastError = true)]
    public static partial nint NewSocket(nint context, int type);

    [LibraryImport(Library, EntryPoint = "zmq_close")]
    public static partial int Close(nint socket);

    [LibraryImport(Library, EntryPoint = "zmq_bind", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Bind(nint socket, string endpoint);

    [LibraryImport(Library, EntryPoint = "zmq_connect", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(nint socket, string endpoint);

    [LibraryImport(Library, EntryPoint = "zmq_setsockopt", SetLastError = true)]
    public static partial int SetOption(nint socket, int option, ReadOnlySpan<byte> value, nuint length);

    [LibraryImport(Library, EntryPoint = "zmq_send", SetLastError = true)]
    public static partial int Send(nint socket, ReadOnlySpan<byte> data, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "zmq_msg_init")]
    public static partial int Init(ref Frame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_recv", SetLastError = true)]
    public static partial int Receive(ref Frame frame, nint socket, int flags);

    [LibraryImport(Library, EntryPoint = "zmq_msg_data")]
    public static partial nint Data(ref Frame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_more")]
    public static partial int HasMore(ref Frame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_close")]
    public static partial int Close(ref Frame frame);

    [LibraryImport(Library, EntryPoint = "zmq_strerror")]
    public static partial nint Describe(int error);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
            return 0;
        foreach (var file in _names)
        {
            if (NativeLibrary.TryLoad(file, out var handle))
                return handle;
        }
        throw new DllNotFoundException(
            "libzmq is missing, the library that Jupyter's front ends speak through. On Debian and Ubuntu: sudo apt-get install libzmq5");
    }

    /// <summary>zmq_msg_t, which is opaque: 64 bytes, aligned like a pointer.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    internal struct Frame
    {
        private readonly nint _first;
    }
}
