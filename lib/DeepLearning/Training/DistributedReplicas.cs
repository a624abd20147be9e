using DeepLearning.Data;
using DeepLearning.Metrics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The processes of torch.distributed, with DistributedDataParallel around the model.</summary>
internal sealed class DistributedReplicas : Replicas
{
    private readonly DistributedDataParallel<Tensor, Tensor> _parallel;

    public DistributedReplicas(nn.Module<Tensor, Tensor> model)
        : base(model)
    {
        _parallel = torch.nn.parallel.DistributedDataParallel(model, owns_module: false);
        Model = _parallel;
    }

    public override bool IsFirst => Rank == 0;

    public override bool AreSeveral => Processes > 1;

    private static int Rank => torch.distributed.get_rank();

    private static int Processes => torch.distributed.get_world_size();

    public override IBatches Shard(IBatches all, bool even) => new BatchShare(all, Rank, Processes, even);

    public override IDisposable NoSync() => _parallel.no_sync();

    public override Tensor AllReduce(Tensor part)
    {
        torch.distributed.all_reduce(part);
        return part;
    }

    public override Tensor Broadcast(Tensor own)
    {
        torch.distributed.broadcast(own, src: 0);
        return own;
    }

    public override Tensor Combine(Tensor state, StateReduction reduction)
    {
        using var scope = NewDisposeScope();
        var sizes = zeros([Processes], ScalarType.Float64);
        sizes[Rank] = state.numel();
        var lengths = AllReduce(sizes).data<double>().ToArray().Select(length => (long)length).ToArray();
        // every process adds its state to zeros, because a process without batches has an empty state
        var (start, length) = reduction == StateReduction.Sum ? (0, lengths.Max()) : (lengths.Take(Rank).Sum(), lengths.Sum());
        var all = zeros([length], ScalarType.Float64);
        if (state.numel() > 0)
            all.narrow(0, start, state.numel()).copy_(state);
        return (length == 0 ? all : AllReduce(all)).MoveToOuterDisposeScope();
    }

    public override bool Any(bool own)
    {
        using var votes = tensor(own ? 1f : 0f);
        return AllReduce(votes).item<float>() > 0;
    }

    public override void Dispose()
    {
        _parallel.Dispose();
        base.Dispose();
    }
}
