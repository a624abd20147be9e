using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native;

/// <summary>
/// The functions of a loaded MPI library. Handles are passed as <see cref="nint"/> for all implementations: where handles are 32-bit integers, the
/// callee reads the lower half.
/// </summary>
internal sealed unsafe class MpiFunctions
{
    public readonly delegate* unmanaged<nint, nint, int, int*, int> InitThread;
    public readonly delegate* unmanaged<int*, int> Initialized;
    public readonly delegate* unmanaged<int*, int> Finalized;
    public readonly delegate* unmanaged<int> Finalize;
    public readonly delegate* unmanaged<nint, int, int> Abort;
    public readonly delegate* unmanaged<int, byte*, int*, int> ErrorString;
    public readonly delegate* unmanaged<byte*, int*, int> LibraryVersion;
    public readonly delegate* unmanaged<nint, int*, int> Rank;
    public readonly delegate* unmanaged<nint, int*, int> Size;
    public readonly delegate* unmanaged<nint, nint*, int> Duplicate;
    public readonly delegate* unmanaged<nint, nint, int> SetErrorHandler;
    public readonly delegate* unmanaged<nint*, int*, void*, int> Test;
    public readonly delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int> AllReduce;
    public readonly delegate* unmanaged<nint, nint, int, nint, nint, int, nint, nint*, int> Reduce;
    public readonly delegate* unmanaged<nint, int, nint, int, nint, nint*, int> Broadcast;
    public readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, nint*, int> AllGather;
    public readonly delegate* unmanaged<nint, int, nint, nint, int, nint, int, nint, nint*, int> Gather;
    public readonly delegate* unmanaged<nint, int, nint, nint, int, nint, int, nint, nint*, int> Scatter;
    public readonly delegate* unmanaged<nint, nint*, int> Barrier;

    /// <summary>Open MPI's extension, or null if the library does not have it.</summary>
    public readonly delegate* unmanaged<int> QueryCudaSupport;

    public MpiFunctions(nint library)
    {
        nint Function(string name) => NativeLibrary.TryGetExport(library, name, out var address)
            ? address
            : throw new EntryPointNotFoundException($"The MPI library does not export {name}; MPI 3.0 or newer is required. {MpiLibrary.HowToInstall}");
        InitThread = (delegate* unmanaged<nint, nint, int, int*, int>)Function("MPI_Init_thread");
        Initialized = (delegate* unmanaged<int*, int>)Function("MPI_Initialized");
        Finalized = (delegate* unmanaged<int*, int>)Function("MPI_Finalized");
        Finalize = (delegate* unmanaged<int>)Function("MPI_Finalize");
        Abort = (delegate* unmanaged<nint, int, int>)Function("MPI_Abort");
        ErrorString = (delegate* unmanaged<int, byte*, int*, int>)Function("MPI_Error_string");
        LibraryVersion = (delegate* unmanaged<byte*, int*, int>)Function("MPI_Get_library_version");
        Rank = (delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_rank");
        Size = (delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_size");
        Duplicate = (delegate* unmanaged<nint, nint*, int>)Function("MPI_Comm_dup");
        SetErrorHandler = (delegate* unmanaged<nint, nint, int>)Function("MPI_Comm_set_errhandler");
        Test = (delegate* unmanaged<nint*, int*, void*, int>)Function("MPI_Test");
        AllReduce = (delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int>)Function("MPI_Iallreduce");
        Reduce = (delegate* unmanaged<nint, nint, int, nint, nint, int, nint, nint*, int>)Function("MPI_Ireduce");
        Broadcast = (delegate* unmanaged<nint, int, nint, int, nint, nint*, int>)Function("MPI_Ibcast");
        AllGather = (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, nint*, int>)Function("MPI_Iallgather");
        Gather = (delegate* unmanaged<nint, int, nint, nint, int, nint, int, nint, nint*, int>)Function("MPI_Igather");
        Scatter = (delegate* unmanaged<nint, int, nint, nint, int, nint, int, nint, nint*, int>)Function("MPI_Iscatter");
        Barrier = (delegate* unmanaged<nint, nint*, int>)Function("MPI_Ibarrier");
        if (NativeLibrary.TryGetExport(library, "MPIX_Query_cuda_support", out var query))
            QueryCudaSupport = (delegate* unmanaged<int>)query;
    }
}
