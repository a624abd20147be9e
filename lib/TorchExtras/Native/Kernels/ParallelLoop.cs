namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Runs a loop on libtorch's threads, whose number <c>torch.set_num_threads</c> sets.</summary>
internal static unsafe class ParallelLoop
{
    private static readonly delegate* unmanaged<long, long, long, delegate* unmanaged<long, long, void*, void>, void*, int> _run =
        (delegate* unmanaged<long, long, long, delegate* unmanaged<long, long, void*, void>, void*, int>)LibTorch.Export(
            "torch_parallel_for", "A kernel in C#");

    /// <summary>Splits the iterations from 0 to a count into ranges and calls a function for each range.</summary>
    /// <param name="count">The number of iterations.</param>
    /// <param name="grain">The minimum number of iterations of a range; fewer than twice as many run on this thread.</param>
    /// <param name="body">The function. It gets the first iteration, the iteration after the last, and the data. It must not throw.</param>
    /// <param name="data">The data for the function.</param>
    public static void Run(long count, long grain, delegate* unmanaged<long, long, void*, void> body, void* data)
    {
        // libtorch would use a second thread for a single iteration above the minimum
        if (count / 2 < grain)
            body(0, count, data);
        else if (_run(0, count, grain, body, data) != 0)
            throw new InvalidOperationException("libtorch could not run a loop on its threads; the standard error stream says why.");
    }
}
