using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends tensors with <c>bincount</c> without weights.</summary>
public static class Counting
{
    extension(Tensor tensor)
    {
        /// <summary>
        /// Counts how often each whole number occurs. See <see href="https://pytorch.org/docs/stable/generated/torch.bincount.html">bincount</see>.
        /// </summary>
        /// <param name="minlength">The smallest length of the result; 0 by default.</param>
        /// <returns>Int64 [max(minlength, largest number + 1)].</returns>
        public Tensor bincount(long minlength = 0) => tensor.bincount(null, minlength);
    }
}
