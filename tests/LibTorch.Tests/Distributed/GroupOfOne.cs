using static TorchSharp.torch;

namespace LibTorch.Tests.Distributed;

/// <summary>A process group of this process only.</summary>
internal sealed class GroupOfOne : IDisposable
{
    private readonly distributed.TCPStore _store = new("127.0.0.1", port: 0, is_master: true);

    public GroupOfOne() => distributed.init_process_group("gloo", store: _store, rank: 0, world_size: 1, timeout: TimeSpan.FromSeconds(20));

    public void Dispose()
    {
        distributed.destroy_process_group();
        _store.Dispose();
    }
}
