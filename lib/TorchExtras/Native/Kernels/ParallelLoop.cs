namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Runs a loop on libtorch's threads, whose number <c>torch.set_num_threads</c> sets.</summary>
internal static unsafe class ParallelLoop
{
    private static readonly delegate* unmanaged<long, long, long, delegate* unmanaged<long, long, void*, void>, void*, int> _run =
        (delegate* unmanaged<long, long, long, delegate* unmanaged<long, long, void*, void>, void*, int>)LibTorch.Export(
            "torch_parallel_for", "A kernel in C#");

    /// <summary>Calls a function for parts of the numbers from 0 to a count.</summary>
    /// <param name="count">The number of iterations.</param>
    /// <param name="grain">The least iterations a thread gets; fewer than twice as many run on this thread.</param>
    /// <param name="body">Takes the first iteration, the one after the last, and the data. It must not throw.</param>
    /// <param name="data">The data.</param>
    public static void Run(long count, long grain, delegate* unmanaged<long, long, void*, void> body, void* data)
    {
        if (_run(0, count, grain, body, data) != 0)
            throw new InvalidOperationException("libtorch could not run a loop on its threads; the standard error stream says why.");
    }
}
