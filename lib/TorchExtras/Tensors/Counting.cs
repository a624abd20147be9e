using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends tensors with <c>bincount</c> without weights.</summary>
public static class Counting
{
    extension(Tensor tensor)
    {
        /// <summary>
        /// Counts the occurrences of each integer. See <see href="https://pytorch.org/docs/stable/generated/torch.bincount.html">bincount</see>.
        /// </summary>
        /// <param name="minlength">The minimum length of the result; 0 by default.</param>
        /// <returns>The counts, Int64 [max(minlength, largest value + 1)].</returns>
        public Tensor bincount(long minlength = 0) => tensor.bincount(null, minlength);
    }
}
