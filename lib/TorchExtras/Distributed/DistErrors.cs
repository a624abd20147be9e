#pragma warning disable CA1710 // PyTorch's names
namespace TorchSharp.Distributed;

/// <summary>An operation of several processes failed.</summary>
public class DistError : Exception
{
    internal DistError(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>A collective failed: another process ended, did not call it within the timeout, or called another one.</summary>
/// <remarks>After this error the processes cannot work together any more: end this one, and its launcher ends the others.</remarks>
public sealed class DistBackendError : DistError
{
    internal DistBackendError(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
