using TorchSharp.Distributed;

namespace TorchSharp;

/// <summary><c>torch.distributed</c> and <c>torch.nn.parallel</c>.</summary>
public static class DistributedExtensions
{
    private static readonly DistributedPackage _distributed = new();
    private static readonly ParallelPackage _parallel = new();

    extension(torch)
    {
        /// <summary>Gets PyTorch's <c>torch.distributed</c>: several processes that train together.</summary>
        public static DistributedPackage distributed => _distributed;
    }

    extension(torch.nn)
    {
        /// <summary>Gets PyTorch's <c>torch.nn.parallel</c>: modules that several processes train.</summary>
        public static ParallelPackage parallel => _parallel;
    }
}
