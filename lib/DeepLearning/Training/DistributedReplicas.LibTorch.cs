using DeepLearning.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The processes of torch.distributed, with DistributedDataParallel around the network.</summary>
internal sealed class DistributedReplicas : Replicas
{
    private readonly DistributedDataParallel<Tensor, Tensor> _parallel;
    private readonly Device _device;

    public DistributedReplicas(nn.Module<Tensor, Tensor> model)
        : base(model)
    {
        _parallel = nn.parallel.DistributedDataParallel(new Lent(model));
        Model = _parallel;
        _device = model.parameters().First().device;
    }

    public override bool IsFirst => distributed.get_rank() == 0;

    public override bool AreSeveral => distributed.get_world_size() > 1;

    public override IBatches Share(IBatches all) => new BatchShare(all, distributed.get_rank(), distributed.get_world_size(), even: true);

    public override IBatches ShareAll(IBatches all) => new BatchShare(all, distributed.get_rank(), distributed.get_world_size(), even: false);

    public override IDisposable Apart() => _parallel.no_sync();

    public override Tensor Sum(Tensor part)
    {
        distributed.all_reduce(part);
        return part;
    }

    public override Tensor OfFirst(Tensor own)
    {
        // NCCL carries what is on the device only
        using var near = own.to(_device);
        distributed.broadcast(near, src: 0);
        return own.copy_(near);
    }

    public override bool Any(bool own)
    {
        using var votes = tensor(own ? 1f : 0f, device: _device);
        return Sum(votes).item<float>() > 0;
    }

    public override void Dispose()
    {
        _parallel.Dispose();
        base.Dispose();
    }

    /// <summary>The network within DistributedDataParallel, which would dispose of it.</summary>
    private sealed class Lent : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _model;

        public Lent(nn.Module<Tensor, Tensor> model)
            : base(nameof(Lent))
        {
            _model = model;
            register_module("model", model);
        }

        public override Tensor forward(Tensor input) => _model.call(input);

        protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
    }
}

internal partial class Replicas
{
    static partial void Find(nn.Module<Tensor, Tensor> model, ref Replicas? several) =>
        several = distributed.is_available() && distributed.is_initialized() ? new DistributedReplicas(model) : null;
}
