#pragma warning disable CA1710 // PyTorch's names
namespace TorchSharp.Distributed;

/// <summary>The exception for a failed operation of torch.distributed.</summary>
public class DistError : Exception
{
    internal DistError(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>The exception for a failed collective: another process ended, did not call it within the timeout, or called another collective.</summary>
/// <remarks>After this exception, the processes cannot communicate any more. End this process; the launcher then ends the others.</remarks>
public sealed class DistBackendError : DistError
{
    internal DistBackendError(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
