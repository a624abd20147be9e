using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests;

/// <summary>Counts tensors before an operation that must not leave tensors.</summary>
internal static class LiveTensors
{
    /// <summary>
    /// Gets the number of tensors that this thread has created and not disposed of. Tensors that only the garbage collector frees are included.
    /// <see cref="Tensor.TotalCount"/> is not suitable for code that creates modules: it increases by one for each parameter and never decreases.
    /// </summary>
    public static long OfThisThread => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>Returns the number of tensors of all threads, after the garbage collector has freed those of other tests.</summary>
    public static long Settle()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Tensor.TotalCount;
    }
}
