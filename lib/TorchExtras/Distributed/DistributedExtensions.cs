using TorchSharp.Distributed;

namespace TorchSharp;

/// <summary>Adds <c>torch.distributed</c> and <c>torch.nn.parallel</c>.</summary>
public static class DistributedExtensions
{
    private static readonly DistributedPackage _distributed = new();
    private static readonly ParallelPackage _parallel = new();

    extension(torch)
    {
        /// <summary>Gets PyTorch's <c>torch.distributed</c>, for training in several processes.</summary>
        public static DistributedPackage distributed => _distributed;
    }

    extension(torch.nn)
    {
        /// <summary>Gets PyTorch's <c>torch.nn.parallel</c>, with modules for distributed training.</summary>
        public static ParallelPackage parallel => _parallel;
    }
}
