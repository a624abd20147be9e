using System.Text;

namespace TorchSharp.Extras.Native;

/// <summary>
/// MPI in this process: it is initialized at the first use and finalized when the process ends. One lock guards all calls (MPI_THREAD_SERIALIZED).
/// </summary>
internal sealed unsafe class MpiRuntime
{
    private const int Serialized = 2;

    private static readonly TimeSpan _forwarding = TimeSpan.FromSeconds(0.5);

    private static readonly Lock _starting = new();
    private static MpiRuntime? _started;

    private readonly MpiFunctions _functions;
    private readonly MpiHandles _handles;
    private volatile bool _hasFailed;
    private TimeSpan _patience;

    private MpiRuntime()
    {
        var library = MpiLibrary.Load();
        _functions = new MpiFunctions(library);
        _handles = MpiHandles.Of(library);
        Version = ReadVersion();
        int initialized, provided;
        Check(_functions.Initialized(&initialized));
        if (initialized == 0)
        {
            var handlers = SignalHandlers.Read();
            Check(_functions.InitThread(0, 0, Serialized, &provided));
            handlers.Restore();
            if (provided < Serialized)
                throw new NotSupportedException($"This MPI library ({Version}) does not support calls from several threads.");
            AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        }
        // each group duplicates MPI_COMM_WORLD; on the duplicate, errors are returned instead of ending the process
        Check(_functions.SetErrorHandler(_handles.World, _handles.ErrorsReturn));
        SupportsCuda = _functions.QueryCudaSupport != null && _functions.QueryCudaSupport() == 1;
    }

    /// <summary>Gets the name and version of the library, as the library reports them.</summary>
    public string Version { get; }

    /// <summary>Gets a value that indicates whether the library reports support for addresses of CUDA memory.</summary>
    public bool SupportsCuda { get; }

    internal Lock Gate { get; } = new();

    internal MpiFunctions Functions => _functions;

    internal MpiHandles Handles => _handles;

    /// <summary>Returns MPI of this process; the first call initializes it.</summary>
    /// <exception cref="DllNotFoundException">No MPI library was found.</exception>
    public static MpiRuntime Start()
    {
        lock (_starting)
            return _started ??= new MpiRuntime();
    }

    /// <summary>Records that a collective failed: no more messages can be sent, and the end of this process must end the others.</summary>
    public void NoteFailure() => _hasFailed = true;

    /// <summary>Creates a communicator of all processes.</summary>
    /// <param name="timeout">The time that the processes may wait for each other, also at their end.</param>
    public MpiCommunicator World(TimeSpan timeout)
    {
        _patience = timeout;
        lock (Gate)
        {
            nint copy = 0;
            int rank, size;
            Check(_functions.Duplicate(_handles.World, &copy));
            Check(_functions.SetErrorHandler(copy, _handles.ErrorsReturn));
            Check(_functions.Rank(copy, &rank));
            Check(_functions.Size(copy, &size));
            return new MpiCommunicator(this, copy, rank, size);
        }
    }

    internal void Check(int error)
    {
        if (error != 0)
            throw new MpiException(Text(error));
    }

    private string Text(int error)
    {
        const int MostBytes = 1024;
        var text = stackalloc byte[MostBytes];
        var length = 0;
        return _functions.ErrorString(error, text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : $"error {error}";
    }

    private string ReadVersion()
    {
        const int MostBytes = 8192;
        var text = new byte[MostBytes];
        var length = 0;
        fixed (byte* start = text)
            Check(_functions.LibraryVersion(start, &length));
        return Encoding.UTF8.GetString(text, 0, length).Trim('\0', ' ', '\n').Split(['\n', ','])[0];
    }

    private void End()
    {
        var exitCode = Environment.ExitCode;
        if (exitCode == 0 && !_hasFailed && Finalize())
            return;
        // a process that ends with an error leaves the others waiting, so MPI aborts them too; first, the launcher gets time to forward the output of
        // this process
        Thread.Sleep(_forwarding);
        _functions.Abort(_handles.World, exitCode == 0 ? 1 : exitCode);
    }

    // on a separate thread, because MPI_Finalize waits for the other processes
    private bool Finalize()
    {
        var done = false;
        var finalizing = new Thread(() =>
        {
            lock (Gate)
            {
                int finalized;
                done = (_functions.Finalized(&finalized) == 0 && finalized != 0) || _functions.Finalize() == 0;
            }
        })
        { IsBackground = true, Name = "MPI_Finalize" };
        finalizing.Start();
        if (finalizing.Join(_patience + TimeSpan.FromSeconds(10)))
            return done;
        Console.Error.WriteLine(
            "This process has ended, but other processes have not ended within the timeout of the process group. MPI ends all processes.");
        return false;
    }
}
