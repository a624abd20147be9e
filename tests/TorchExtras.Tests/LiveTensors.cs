using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests;

/// <summary>Counts tensors, for tests that check that nothing stays allocated.</summary>
internal static class LiveTensors
{
    /// <summary>Returns the number of tensors after the forgotten tensors of other tests were finalized.</summary>
    public static long Settle()
    {
        // twice: a finalized graph releases tensors that its functions saved
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Tensor.TotalCount;
    }
}
