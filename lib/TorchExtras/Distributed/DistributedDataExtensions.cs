using TorchSharp.Distributed;

namespace TorchSharp;

/// <summary>Adds <c>torch.utils.data.distributed</c>.</summary>
public static class DistributedDataExtensions
{
    private static readonly DistributedDataPackage _data = new();

    extension(torch.utils.data)
    {
        /// <summary>Gets PyTorch's <c>torch.utils.data.distributed</c> with the sampler for distributed training.</summary>
        public static DistributedDataPackage distributed => _data;
    }
}
