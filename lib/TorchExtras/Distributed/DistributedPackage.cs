#pragma warning disable CA1822 // instance members, so that they are called as in PyTorch: torch.distributed.…
#pragma warning disable CS1573 // the other parameters are documented by inheritdoc
using System.Globalization;
using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>
/// <c>torch.distributed</c>: several processes train together over MPI, the message passing interface that clusters have. See
/// <see href="https://pytorch.org/docs/stable/distributed.html">PyTorch's page</see>.
/// </summary>
/// <remarks>
/// <para>
/// A launcher starts the processes and tells each its rank: <c>mpirun -np 2 dotnet program.dll</c>, <c>srun</c> on a SLURM cluster, an MPI operator
/// on Kubernetes. Open MPI, MPICH (with Intel MPI) and MS-MPI are supported; which one is there is found out when the program runs. MS-MPI has the
/// same handles as MPICH, but was not tried.
/// </para>
/// <para>
/// Every process of a group calls the same collectives in the same order, with contiguous tensors of the same types and sizes. CUDA tensors are
/// handed to MPI where the library says that it is CUDA-aware, and travel over host memory where not; neither was tried. The two 16-bit float types
/// are reduced as float32, in host memory, and rounded once.
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

    /// <summary>Joins the other processes; every one of them calls this once.</summary>
    /// <param name="backend">
    /// "mpi"; or "single" for a group of this process alone, which needs no MPI and lets a program for several processes run as one.
    /// </param>
    /// <param name="timeout">How long a collective waits for the other processes; 30 minutes by default.</param>
    /// <exception cref="ArgumentException">There is no such backend, or the timeout is not positive.</exception>
    /// <exception cref="DllNotFoundException">No MPI library is installed; the message says what to install.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is a group already, or the launcher belongs to another MPI than the library.
    /// </exception>
    public void init_process_group(string backend = Mpi, TimeSpan? timeout = null)
    {
        if (_default is not null)
            throw new InvalidOperationException("There is a process group already: call destroy_process_group before another init_process_group.");
        var patience = timeout ?? _defaultTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero, nameof(timeout));
        _default = backend switch
        {
            Mpi => new ProcessGroup(backend, World(patience), patience),
            Single => new ProcessGroup(backend, communicator: null, patience),
            _ => throw new ArgumentException($"The backends are \"{Mpi}\" and \"{Single}\"; there is no \"{backend}\".", nameof(backend)),
        };
    }

    /// <summary>Leaves the group. MPI itself ends with the process.</summary>
    /// <param name="group">The group; the one of init_process_group by default.</param>
    /// <exception cref="DistBackendError">A collective failed, and nothing has reported it yet.</exception>
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

    /// <summary>Returns the number of this process, from 0.</summary>
    public int get_rank(ProcessGroup? group = null) => (group ?? Default).Rank;

    /// <summary>Returns the number of processes.</summary>
    public int get_world_size(ProcessGroup? group = null) => (group ?? Default).Size;

    /// <summary>
    /// Returns the number of this process among those of its machine, from 0, as the launcher says: the CUDA device to use. 0 without a launcher.
    /// </summary>
    public int get_node_local_rank() => MpiLauncher.LocalRank ?? 0;

    /// <summary>Returns the backend: "mpi" or "single".</summary>
    public string get_backend(ProcessGroup? group = null) => (group ?? Default).Backend;

    /// <summary>Returns the name and version of the MPI library of a group, as "Open MPI v4.1.4"; empty without MPI.</summary>
    public string get_library_version(ProcessGroup? group = null) =>
        (group ?? Default) is { Backend: Mpi } joined ? joined.Communicator.Runtime.Version : "";

    /// <summary>Combines the tensors of all processes; each has the result in the place of its own.</summary>
    /// <param name="tensor">Any shape; float16, bfloat16, float32, float64 or an integer type.</param>
    /// <param name="op">How; the sum by default.</param>
    /// <param name="group">The processes; all by default.</param>
    /// <param name="async_op">Whether to return at once; the result's <see cref="Work.wait"/> then has to be called. Otherwise null is returned.</param>
    /// <exception cref="ArgumentException">The tensor is not contiguous, or its type does not fit the operation.</exception>
    /// <exception cref="DistBackendError">Another process ended, calls something else, or did not call this within the timeout.</exception>
    public Work? all_reduce(Tensor tensor, ReduceOp op = Distributed.ReduceOp.SUM, ProcessGroup? group = null, bool async_op = false) =>
        Run(group, async_op, Collective.AllReduce, tensor, all => Collectives.AllReduce(all, tensor, op), op);

    /// <summary>Copies the tensor of <paramref name="src"/> to all processes.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="src">The rank that sends.</param>
    /// <param name="tensor">What is sent, or is overwritten; any type.</param>
    public Work? broadcast(Tensor tensor, int src, ProcessGroup? group = null, bool async_op = false) =>
        Run(group, async_op, Collective.Broadcast, tensor, all => Collectives.Broadcast(all, tensor, src), root: src);

    /// <summary>As <see cref="all_reduce"/>, for <paramref name="dst"/> only; the other processes' tensors hold undefined values afterwards.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="dst">The rank that receives.</param>
    public Work? reduce(
        Tensor tensor, int dst, ReduceOp op = Distributed.ReduceOp.SUM, ProcessGroup? group = null, bool async_op = false) =>
        Run(group, async_op, Collective.Reduce, tensor, all => Collectives.Reduce(all, tensor, op, dst), op, dst);

    /// <summary>Gives every process the tensors of all.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="tensor_list">A tensor for each process, in the order of ranks; they are overwritten.</param>
    /// <param name="tensor">What this process sends; any type.</param>
    public Work? all_gather(IList<Tensor> tensor_list, Tensor tensor, ProcessGroup? group = null, bool async_op = false)
    {
        var (whole, spread) = TensorList.Receiving(group ?? Default, tensor_list, tensor);
        return Run(group, async_op, Collective.AllGather, tensor, all => Collectives.AllGather(all, whole, tensor, spread));
    }

    /// <summary>As <see cref="all_gather"/>, into one contiguous tensor with as many times the elements as there are processes.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="output_tensor">What all send, in the order of ranks.</param>
    /// <param name="input_tensor">What this process sends; any type.</param>
    public Work? all_gather_into_tensor(Tensor output_tensor, Tensor input_tensor, ProcessGroup? group = null, bool async_op = false)
    {
        TensorList.CheckRoom(group ?? Default, output_tensor, input_tensor);
        return Run(group, async_op, Collective.AllGather, input_tensor, all => Collectives.AllGather(all, output_tensor, input_tensor));
    }

    /// <summary>Gives <paramref name="dst"/> the tensors of all.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="tensor">What this process sends; any type.</param>
    /// <param name="gather_list">On <paramref name="dst"/> a tensor for each process; null or empty on the others.</param>
    /// <param name="dst">The rank that receives.</param>
    public Work? gather(Tensor tensor, IList<Tensor>? gather_list = null, int dst = 0, ProcessGroup? group = null, bool async_op = false)
    {
        var processes = group ?? Default;
        if (processes.Rank != dst)
            return Run(group, async_op, Collective.Gather, tensor, all => Collectives.Gather(all, output: null, tensor, dst), root: dst);
        var (whole, spread) = TensorList.Receiving(processes, gather_list ?? [], tensor);
        return Run(group, async_op, Collective.Gather, tensor, all => Collectives.Gather(all, whole, tensor, dst, spread), root: dst);
    }

    /// <summary>Gives each process one of the tensors of <paramref name="src"/>.</summary>
    /// <inheritdoc cref="all_reduce" path="/param|/exception"/>
    /// <param name="tensor">What this process gets; any type.</param>
    /// <param name="scatter_list">On <paramref name="src"/> a tensor for each process; null or empty on the others.</param>
    /// <param name="src">The rank that sends.</param>
    public Work? scatter(Tensor tensor, IList<Tensor>? scatter_list = null, int src = 0, ProcessGroup? group = null, bool async_op = false)
    {
        var processes = group ?? Default;
        var whole = processes.Rank == src ? TensorList.Sending(processes, scatter_list ?? [], tensor) : null;
        return Run(group, async_op, Collective.Scatter, tensor, all => Collectives.Scatter(all, tensor, whole, src), root: src);
    }

    /// <summary>Waits until all processes have called this.</summary>
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
        Agreement.Check(all, kind, tensor, op, root);
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
                $"The launcher started {size} processes, and {world.Runtime.Version} sees {world.Size}: they belong to different MPI installations. Start "
                + $"the program with the mpirun of that library, or name the launcher's library in the environment variable {MpiLibrary.Variable}.");
        }
        return world;
    }
}
