using static TorchSharp.torch;

namespace LibTorch.Tests.Memory;

internal static class LiveTensors
{
    /// <summary>How many tensors live once the forgotten ones of other tests are gone, so that none of these goes while a test counts.</summary>
    public static long Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
