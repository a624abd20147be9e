namespace TorchSharp.Extras.Tests.Distributed;

/// <summary>A process group of only this process.</summary>
internal sealed class GroupOfOne : IDisposable
{
    public GroupOfOne() => torch.distributed.init_process_group("single");

    public void Dispose() => torch.distributed.destroy_process_group();
}
