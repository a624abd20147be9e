using TorchSharp.Native;

namespace TorchSharp;

/// <summary>
/// Tells the garbage collector what it cannot see: a tensor is a small object that holds large native memory. When forgotten tensors may
/// hold more than half of what is alive (and at least 128 MB), a collection runs; a program that disposes its tensors never gets there.
/// </summary>
internal static unsafe class NativeMemory
{
    private const long LeastGrowth = 128L << 20;

    // a TensorImpl, its storage and the allocator's rounding
    private const long BytesPerTensor = 512;

    private static readonly Lock _collecting = new();
    private static long _threshold = LeastGrowth;

    /// <summary>Native bytes that live tensors hold on the CPU.</summary>
    public static long Live => *Door.LiveBytes + (BytesPerTensor * torch.Tensor.TotalCount);

    public static void Notice()
    {
        if (Live >= Volatile.Read(ref _threshold))
            Relieve();
    }

    private static void Relieve()
    {
        if (!_collecting.TryEnter())
            return;
        try
        {
            var before = Live;
            if (before < _threshold)
                return;
            Collect(generation: 1);
            // what survived has been forgotten for longer, or is in use
            if (Live > before / 2)
                Collect(GC.MaxGeneration);
            _threshold = Live + Math.Max(LeastGrowth, Live / 2);
        }
        finally
        {
            _collecting.Exit();
        }
    }

    private static void Collect(int generation)
    {
        GC.Collect(generation);
        GC.WaitForPendingFinalizers();
    }
}
