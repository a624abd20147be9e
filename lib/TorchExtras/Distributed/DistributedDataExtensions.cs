using TorchSharp.Distributed;

namespace TorchSharp;

/// <summary><c>torch.utils.data.distributed</c>.</summary>
public static class DistributedDataExtensions
{
    private static readonly DistributedDataPackage _data = new();

    extension(torch.utils.data)
    {
        /// <summary>Gets PyTorch's <c>torch.utils.data.distributed</c>: the sampler that shares samples out to processes.</summary>
        public static DistributedDataPackage distributed => _data;
    }
}
