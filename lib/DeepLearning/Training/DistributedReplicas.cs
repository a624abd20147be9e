using DeepLearning.Data;
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

    public override bool IsFirst => torch.distributed.get_rank() == 0;

    public override bool AreSeveral => torch.distributed.get_world_size() > 1;

    public override IBatches Share(IBatches all) =>
        new BatchShare(all, torch.distributed.get_rank(), torch.distributed.get_world_size(), even: true);

    public override IBatches ShareAll(IBatches all) =>
        new BatchShare(all, torch.distributed.get_rank(), torch.distributed.get_world_size(), even: false);

    public override IDisposable Apart() => _parallel.no_sync();

    public override Tensor Sum(Tensor part)
    {
        torch.distributed.all_reduce(part);
        return part;
    }

    public override Tensor OfFirst(Tensor own)
    {
        torch.distributed.broadcast(own, src: 0);
        return own;
    }

    public override bool Any(bool own)
    {
        using var votes = tensor(own ? 1f : 0f);
        return Sum(votes).item<float>() > 0;
    }

    public override void Dispose()
    {
        _parallel.Dispose();
        base.Dispose();
    }
}
