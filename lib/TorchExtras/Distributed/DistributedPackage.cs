#pragma warning disable CA1822 // instance members, so that they are called as in PyTorch: torch.distributed.…
#pragma warning disable CS1573 // the other parameters are documented by inheritdoc
using System.Globalization;
using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>
/// The functions of <c>torch.distributed</c>, for training in several processes that communicate over MPI, the Message Passing Interface. See
/// <see href="https://pytorch.org/docs/stable/distributed.html">PyTorch's page</see>.
/// </summary>
/// <remarks>
/// <para>
/// A launcher starts the processes and sets their ranks: <c>mpirun -np 2 dotnet program.dll</c>, <c>srun</c> on a SLURM cluster, or an MPI operator
/// on Kubernetes. Open MPI, MPICH (with Intel MPI) and MS-MPI are supported; the library is detected at run time. MS-MPI has the same handles as
/// MPICH, but is untested.
/// </para>
/// <para>
/// Every process of a group must call the same collectives in the same order, with contiguous tensors of the same types and sizes. CUDA tensors are
/// passed to MPI directly if the library reports that it is CUDA-aware, else through host memory; both are untested. The two 16-bit float types are
/// reduced as float32 in host memory, and rounded once.
/// </para>
/// </remarks>
public sealed class DistributedPackage
{
    private const string Mpi = "mpi";
    private const string Single = "single";

    private static readonly TimeSpan _defaultTimeout = TimeSpan.FromMinutes(30);

    private static ProcessGroup? _default;

    internal DistributedPackage()
    {
    }

    internal static ProcessGroup Default => _default ?? throw new InvalidOperationException(
        "There is no process group: call torch.distributed.init_process_group(\"mpi\") first.");

    /// <summary>Gets the operations of reductions: <c>torch.distributed.ReduceOp.SUM</c>.</summary>
    public ReduceOps ReduceOp { get; } = new();

    /// <summary>Returns whether an MPI library is installed.</summary>
    public bool is_available() => MpiLibrary.IsAvailable();

    /// <inheritdoc cref="is_available"/>
    public bool is_mpi_available() => MpiLibrary.IsAvailable();

    /// <summary>Returns whether there is a process group.</summary>
    public bool is_initialized() => _default is not null;

    /// <summary>Initializes the default process group. Every process must call this method once.</summary>
    /// <param name="backend">
    /// "mpi", or "single" for a group of only this process. A single group needs no MPI and runs a program for several processes in one.
    /// </param>
    /// <param name="timeout">The time that a collective waits for the other processes; 30 minutes by default.</param>
    /// <exception cref="ArgumentException">The backend is unknown, or the timeout is not positive.</exception>
    /// <exception cref="DllNotFoundException">No MPI library is installed; the message says what to install.</exception>
    /// <exception cref="InvalidOperationException">
    /// A group already exists, or the launcher belongs to another MPI installation than the library.
    /// </exception>
    public void init_process_group(string backend = Mpi, TimeSpan? timeout = null)
    {
        if (_default is not null)
            throw new InvalidOperationException("A process group already exists: call destroy_process_group before another init_process_group.");
        var patience = timeout ?? _defaultTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero, nameof(timeout));
        _default = backend switch
        {
            Mpi => new ProcessGroup(backend, World(patience), patience),
            Single => new ProcessGroup(backend, communicator: null, patience),
            _ => throw new ArgumentException($"The backend \"{backend}\" is unknown; the backends are \"{Mpi}\" and \"{Single}\".", nameof(backend)),
        };
    }

    /// <summary>Destroys a group. MPI is finalized at the end of the process.</summary>
    /// <param name="group">The group; the one of init_process_group by default.</param>
    /// <exception cref="DistBackendError">A collective failed, and no exception has reported it yet.</exception>
    public void destroy_process_group(ProcessGroup? group = null)
    {
        if (group is null || ReferenceEquals(group, _default))
            group = Interlocked.Exchange(ref _default, null);
        if (group is null)
            return;
        try
        {
            group.Usable();
        }
        finally
        {
            group.Dispose();
        }
    }

    /// <summary>Returns the rank of this process.</summary>
    /// <param name="group">The group; null for all processes.</param>
    public int get_rank(ProcessGroup? group = null) => (group ?? Default).Rank;

    /// <summary>Returns the number of processes.</summary>
    /// <param name="group">The group; null for all processes.</param>
    public int get_world_size(ProcessGroup? group = null) => (group ?? Default).Size;

    /// <summary>
    /// Returns the local rank of this process on its machine, from the launcher: the index of the CUDA device to use. 0 without a launcher.
    /// </summary>
    public int get_node_local_rank() => MpiLauncher.LocalRank ?? 0;

    /// <summary>Returns the backend: "mpi" or "single".</summary>
    /// <param name="group">The group; null for all processes.</param>
    public string get_backend(ProcessGroup? group = null) => (group ?? Default).Backend;

    /// <summary>Returns the name and version of the MPI library of a group, such as "Open MPI v4.1.4"; empty without MPI.</summary>
    /// <param name="group">The group; null for all processes.</param>
    public string get_library_version(ProcessGroup? group = null) =>
        (group ?? Default) is { Backend: Mpi } joined ? joined.Communicator.Runtime.Version : "";

    /// <summary>Reduces the tensors of all processes in place; every process gets the result.</summary>
    /// <param name="tensor">The tensor, of any shape; float16, bfloat16, float32, float64 or an integer type.</param>
    /// <param name="op">The operation; the sum by default.</param>
    /// <param name="group">The process group; the default group by default.</param>
    /// <param name="async_op">
    /// Whether to return at once; the caller must then call <see cref="Work.wait"/> of the result. If false, the result is null.
    /// </param>
    /// <exception cref="ArgumentException">The tensor is not contiguous, or the operation does not support its type.</exception>
    /// <exception cref="DistBackendError">
    /// Another process ended, called another collective, or did not call this collective within the timeout.
    /// </exception>
    public Work? all_reduce(Tensor tensor, ReduceOp op = Distributed.ReduceOp.SUM, ProcessGroup? group = null, bool async_op = false) =>
        Run(group, async_op, Collective.AllReduce, tensor, all => Collectives.AllReduce(all, tensor, op), op);

    /// <summary>Copies the tensor of <paramref name="src"/> to all processes.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="src">The rank that sends.</param>
    /// <param name="tensor">The tensor that is sent or overwritten; any type.</param>
    public Work? broadcast(Tensor tensor, int src, ProcessGroup? group = null, bool async_op = false) =>
        Run(group, async_op, Collective.Broadcast, tensor, all => Collectives.Broadcast(all, tensor, src), root: src);

    /// <summary>
    /// Reduces the tensors of all processes; only <paramref name="dst"/> gets the result. The tensors of the other processes are undefined
    /// afterward.
    /// </summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="dst">The rank that receives.</param>
    public Work? reduce(
        Tensor tensor, int dst, ReduceOp op = Distributed.ReduceOp.SUM, ProcessGroup? group = null, bool async_op = false) =>
        Run(group, async_op, Collective.Reduce, tensor, all => Collectives.Reduce(all, tensor, op, dst), op, dst);

    /// <summary>Gathers the tensors of all processes in every process.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="tensor_list">A tensor for each process, in the order of ranks; they are overwritten.</param>
    /// <param name="tensor">The tensor that this process sends; any type.</param>
    public Work? all_gather(IList<Tensor> tensor_list, Tensor tensor, ProcessGroup? group = null, bool async_op = false)
    {
        var (whole, spread) = TensorList.Receiving(group ?? Default, tensor_list, tensor);
        return Run(group, async_op, Collective.AllGather, tensor, all => Collectives.AllGather(all, whole, tensor, spread));
    }

    /// <summary>Gathers the tensors of all processes in every process, in one contiguous tensor.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="output_tensor">The output, for the elements of all processes in the order of ranks.</param>
    /// <param name="input_tensor">The tensor that this process sends; any type.</param>
    public Work? all_gather_into_tensor(Tensor output_tensor, Tensor input_tensor, ProcessGroup? group = null, bool async_op = false)
    {
        TensorList.CheckRoom(group ?? Default, output_tensor, input_tensor);
        return Run(group, async_op, Collective.AllGather, input_tensor, all => Collectives.AllGather(all, output_tensor, input_tensor));
    }

    /// <summary>Gathers the tensors of all processes in <paramref name="dst"/>.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="tensor">The tensor that this process sends; any type.</param>
    /// <param name="gather_list">In <paramref name="dst"/>, a tensor for each process; null or empty in the others.</param>
    /// <param name="dst">The rank that receives.</param>
    public Work? gather(Tensor tensor, IList<Tensor>? gather_list = null, int dst = 0, ProcessGroup? group = null, bool async_op = false)
    {
        var processes = group ?? Default;
        if (processes.Rank != dst)
            return Run(group, async_op, Collective.Gather, tensor, all => Collectives.Gather(all, output: null, tensor, dst), root: dst);
        var (whole, spread) = TensorList.Receiving(processes, gather_list ?? [], tensor);
        return Run(group, async_op, Collective.Gather, tensor, all => Collectives.Gather(all, whole, tensor, dst, spread), root: dst);
    }

    /// <summary>Scatters the tensors of <paramref name="src"/> to all processes.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="tensor">The tensor that receives this process's part; any type.</param>
    /// <param name="scatter_list">In <paramref name="src"/>, a tensor for each process; null or empty in the others.</param>
    /// <param name="src">The rank that sends.</param>
    public Work? scatter(Tensor tensor, IList<Tensor>? scatter_list = null, int src = 0, ProcessGroup? group = null, bool async_op = false)
    {
        var processes = group ?? Default;
        var whole = processes.Rank == src ? TensorList.Sending(processes, scatter_list ?? [], tensor) : null;
        return Run(group, async_op, Collective.Scatter, tensor, all => Collectives.Scatter(all, tensor, whole, src), root: src);
    }

    /// <summary>Waits until all processes have called this method.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    public Work? barrier(ProcessGroup? group = null, bool async_op = false) => Run(group, async_op, Collective.Barrier, tensor: null, Collectives.Barrier);

    internal static string Text(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(time.TotalSeconds >= 120 ? time.TotalMinutes : time.TotalSeconds):0.#}")
        + (time.TotalSeconds >= 120 ? " minutes" : " s");

    private static Work? Run(
        ProcessGroup? group, bool async_op, Collective kind, Tensor? tensor, Func<ProcessGroup, Work> start, ReduceOp op = Distributed.ReduceOp.SUM,
        int root = 0)
    {
        var all = (group ?? Default).Usable();
        CollectiveVerification.Check(all, kind, tensor, op, root);
        var work = start(all);
        if (async_op)
            return work;
        work.wait();
        return null;
    }

    private static MpiCommunicator World(TimeSpan timeout)
    {
        var world = MpiRuntime.Start().World(timeout);
        if (MpiLauncher.Size is { } size && size != world.Size)
        {
            throw new InvalidOperationException(
                $"The launcher started {size} processes, but {world.Runtime.Version} reports {world.Size}: they belong to different MPI installations. Start "
                + $"the program with the mpirun of that library, or set the environment variable {MpiLibrary.Variable} to the path of the launcher's library.");
        }
        return world;
    }
}
