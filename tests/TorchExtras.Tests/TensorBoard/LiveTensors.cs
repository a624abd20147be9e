using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.TensorBoard;

internal static class LiveTensors
{
    /// <summary>Returns the number of tensors that are neither disposed nor collected.</summary>
    public static long Count()
    {
        // twice: a finalized autograd graph releases tensors that its functions saved
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Tensor.TotalCount;
    }
}
