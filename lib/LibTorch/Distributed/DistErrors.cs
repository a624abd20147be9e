using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>Something that several processes do together failed.</summary>
        public class DistError : ExternalException
        {
            internal DistError(string message, Exception? cause = null)
                : base(message, cause)
            {
            }
        }

        /// <summary>A collective failed: another process is gone, did not come in time, or called something else.</summary>
        public sealed class DistBackendError : DistError
        {
            internal DistBackendError(string message)
                : base(message)
            {
            }
        }

        /// <summary>The store could not be reached.</summary>
        public sealed class DistNetworkError : DistError
        {
            internal DistNetworkError(string message, Exception? cause = null)
                : base(message, cause)
            {
            }
        }

        /// <summary>A key was not set in time, or the store is gone.</summary>
        public sealed class DistStoreError : DistError
        {
            internal DistStoreError(string message, Exception? cause = null)
                : base(message, cause)
            {
            }
        }

        /// <summary>An error of Gloo's in words, since any call may run into it while it waits for the others; null for other errors.</summary>
        internal static DistBackendError? Explain(string reason)
        {
            if (!reason.Contains("gloo/", StringComparison.Ordinal))
                return null;
            var who = _default is { } group ? $"Rank {group.Rank} of {group.Size}" : "This process";
            return new DistBackendError(
                reason.Contains("Timed out", StringComparison.OrdinalIgnoreCase) || reason.Contains("timeout", StringComparison.OrdinalIgnoreCase)
                    ? $"{who} waited for another process until the timeout: it hangs, or does not call what this one calls. ({reason})"
                    : $"{who} lost another process, which ended or failed: see what the other ranks say. ({reason})");
        }
    }
}
