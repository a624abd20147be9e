using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native;

/// <summary>Limits libtorch's operators to the current thread while the value exists, where other threads would cost more time than they save.</summary>
/// <remarks>
/// libtorch's fused optimizers divide each parameter among all threads, however small it is. Threads wait for each other in busy loops, so while other
/// processes use the processor, a step of a small network can take a hundred times as long. <c>torch.set_num_threads</c> would also change the number
/// for threads that start meanwhile; the function of OpenMP changes only that of the current thread.
/// </remarks>
internal readonly unsafe ref struct ThreadLimit
{
    private static readonly delegate* unmanaged<int> _get = (delegate* unmanaged<int>)Find("omp_get_max_threads");
    private static readonly delegate* unmanaged<int, void> _set = (delegate* unmanaged<int, void>)Find("omp_set_num_threads");

    private readonly int _threads;

    private ThreadLimit(int threads) => _threads = threads;

    /// <summary>Limits the operators, if libtorch's threads are those of OpenMP.</summary>
    public static ThreadLimit ToOne()
    {
        if (_get is null || _set is null)
            return default;
        var threads = _get();
        if (threads > 1)
            _set(1);
        return new ThreadLimit(threads);
    }

    public void Dispose()
    {
        if (_threads > 1)
            _set(_threads);
    }

    // where libtorch uses another runtime for its threads, there is no limit
    private static nint Find(string name) => NativeLibrary.TryGetExport(LibTorch.Handle, name, out var address) ? address : 0;
}
