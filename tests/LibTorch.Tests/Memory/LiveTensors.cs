using static TorchSharp.torch;

namespace LibTorch.Tests.Memory;

internal static class LiveTensors
{
    /// <summary>How many tensors live once the forgotten ones of other tests are gone, so that none of these goes while a test counts.</summary>
    public static long Settle()
    {
        // twice: a graph that is finalized lets go of tensors that its functions saved
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Tensor.TotalCount;
    }
}
