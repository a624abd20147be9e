using static TorchSharp.torch;

namespace DeepLearning.Tests;

/// <summary>Counts tensors before something that must leave none behind.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are once those that other tests forgot are gone: they would be counted as freed meanwhile.</summary>
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
