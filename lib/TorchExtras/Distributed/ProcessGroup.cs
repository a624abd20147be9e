using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>A group of processes that communicate. Each process has a rank, from 0.</summary>
public sealed class ProcessGroup : IDisposable
{
    private readonly MpiCommunicator? _communicator;
    private DistBackendError? _failure;
    private bool _isDisposed;

    /// <param name="backend">"mpi" or "single".</param>
    /// <param name="communicator">The communicator; null for a group of one process.</param>
    /// <param name="timeout">The time to wait for the other processes.</param>
    internal ProcessGroup(string backend, MpiCommunicator? communicator, TimeSpan timeout)
    {
        (Backend, _communicator, Timeout) = (backend, communicator, timeout);
        (Rank, Size) = communicator is null ? (0, 1) : (communicator.Rank, communicator.Size);
    }

    internal string Backend { get; }

    internal int Rank { get; }

    internal int Size { get; }

    internal TimeSpan Timeout { get; }

    /// <summary>Gets the communicator, which groups of one process do not use.</summary>
    internal MpiCommunicator Communicator => _communicator!;

    /// <summary>Gets a value that indicates whether the MPI library reports support for CUDA memory.</summary>
    internal bool TakesCudaMemory => _communicator?.Runtime.SupportsCuda ?? false;

    /// <summary>Returns the backend: "mpi" or "single".</summary>
    public string name() => Backend;

    /// <summary>Returns the rank of this process.</summary>
    public int rank() => Rank;

    /// <summary>Returns the number of processes.</summary>
    public int size() => Size;

    /// <summary>Destroys the group. MPI is finalized at the end of the process.</summary>
    public void Dispose() => _isDisposed = true;

    /// <exception cref="ObjectDisposedException">The group was destroyed.</exception>
    /// <exception cref="DistBackendError">A collective of the group failed before.</exception>
    internal ProcessGroup Usable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _failure is null ? this : throw new DistBackendError(_failure.Message, _failure);
    }

    /// <summary>Records a failure, which every later call throws again.</summary>
    internal DistBackendError Fail(string what, Exception? cause = null)
    {
        _communicator?.Runtime.NoteFailure();
        return _failure ??= new DistBackendError($"Rank {Rank} of {Size} {what}", cause);
    }

    /// <summary>Gathers the numbers of all processes, in the order of ranks; all processes must pass the same count.</summary>
    internal long[][] Exchange(ReadOnlySpan<long> numbers)
    {
        using var scope = NewDisposeScope();
        var mine = tensor(numbers.ToArray());
        var all = empty([Size, numbers.Length], ScalarType.Int64);
        Collectives.Finish(Collectives.AllGather(this, all, mine));
        return [.. Enumerable.Range(0, Size).Select(rank => all[rank].data<long>().ToArray())];
    }
}
