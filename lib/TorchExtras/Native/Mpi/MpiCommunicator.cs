namespace TorchSharp.Extras.Native;

/// <summary>
/// The communicator of all processes. Each operation starts and returns at once; its buffers must stay in place until its request is done. Counts are
/// numbers of elements, below 2³¹.
/// </summary>
internal sealed unsafe class MpiCommunicator
{
    private readonly MpiRuntime _runtime;
    private readonly nint _handle;

    internal MpiCommunicator(MpiRuntime runtime, nint handle, int rank, int size)
    {
        (_runtime, _handle, Rank, Size) = (runtime, handle, rank, size);
    }

    public MpiRuntime Runtime => _runtime;

    public int Rank { get; }

    public int Size { get; }

    private MpiFunctions Functions => _runtime.Functions;

    private MpiHandles Handles => _runtime.Handles;

    public MpiRequest AllReduce(nint buffer, int count, MpiType type, MpiOp op)
    {
        lock (_runtime.Gate)
        {
            nint request = 0;
            _runtime.Check(Functions.AllReduce(Handles.InPlace, buffer, count, Handles[type], Handles[op], _handle, &request));
            return new MpiRequest(_runtime, request);
        }
    }

    public MpiRequest Reduce(nint buffer, int count, MpiType type, MpiOp op, int root)
    {
        lock (_runtime.Gate)
        {
            nint request = 0;
            var (from, to) = Rank == root ? (Handles.InPlace, buffer) : (buffer, 0);
            _runtime.Check(Functions.Reduce(from, to, count, Handles[type], Handles[op], root, _handle, &request));
            return new MpiRequest(_runtime, request);
        }
    }

    public MpiRequest Broadcast(nint buffer, int count, MpiType type, int root)
    {
        lock (_runtime.Gate)
        {
            nint request = 0;
            _runtime.Check(Functions.Broadcast(buffer, count, Handles[type], root, _handle, &request));
            return new MpiRequest(_runtime, request);
        }
    }

    /// <param name="from">The buffer that this process sends.</param>
    /// <param name="to">The buffer that receives the elements of all processes.</param>
    /// <param name="count">The number of elements that each process sends.</param>
    /// <param name="type">The type of the elements.</param>
    public MpiRequest AllGather(nint from, nint to, int count, MpiType type)
    {
        lock (_runtime.Gate)
        {
            nint request = 0;
            _runtime.Check(Functions.AllGather(from, count, Handles[type], to, count, Handles[type], _handle, &request));
            return new MpiRequest(_runtime, request);
        }
    }

    /// <param name="from">The buffer that this process sends.</param>
    /// <param name="to">The buffer that receives the elements of all processes; used in the root only.</param>
    /// <param name="count">The number of elements that each process sends.</param>
    /// <param name="type">The type of the elements.</param>
    /// <param name="root">The rank that receives.</param>
    public MpiRequest Gather(nint from, nint to, int count, MpiType type, int root)
    {
        lock (_runtime.Gate)
        {
            nint request = 0;
            _runtime.Check(Functions.Gather(from, count, Handles[type], to, count, Handles[type], root, _handle, &request));
            return new MpiRequest(_runtime, request);
        }
    }

    /// <param name="from">The buffer with the elements for all processes, in the order of ranks; used in the root only.</param>
    /// <param name="to">The buffer that receives this process's elements.</param>
    /// <param name="count">The number of elements that each process receives.</param>
    /// <param name="type">The type of the elements.</param>
    /// <param name="root">The rank that sends.</param>
    public MpiRequest Scatter(nint from, nint to, int count, MpiType type, int root)
    {
        lock (_runtime.Gate)
        {
            nint request = 0;
            _runtime.Check(Functions.Scatter(from, count, Handles[type], to, count, Handles[type], root, _handle, &request));
            return new MpiRequest(_runtime, request);
        }
    }

    public MpiRequest Barrier()
    {
        lock (_runtime.Gate)
        {
            nint request = 0;
            _runtime.Check(Functions.Barrier(_handle, &request));
            return new MpiRequest(_runtime, request);
        }
    }
}
