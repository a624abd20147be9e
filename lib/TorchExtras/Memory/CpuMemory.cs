using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Extras.Memory;
using TorchSharp.Extras.Native;

namespace TorchSharp
{
    /// <summary>Statistics of the memory that tensors on the CPU take: <c>torch.cpu</c>.</summary>
    public static class TorchCpuMemory
    {
        private static readonly CpuMemory _cpu = new();

        extension(torch)
        {
            /// <summary>Gets the memory statistics of the CPU, with the names that PyTorch has in <c>torch.cuda</c>.</summary>
            public static CpuMemory cpu => _cpu;
        }
    }
}

namespace TorchSharp.Extras.Memory
{
    /// <summary>Statistics of native memory. PyTorch has such numbers for GPUs only.</summary>
    /// <remarks>
    /// The numbers count all native memory of the process. Tensors are nearly all of it, so differences show what tensors take,
    /// with those that autograd keeps for <c>backward()</c>. glibc counts on Linux, and the system's allocator on macOS and Windows (not run there);
    /// other systems give resident memory, which is coarser.
    /// </remarks>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "An extension property returns the one instance.")]
    public sealed class CpuMemory
    {
        private readonly Lock _starting = new();
        private bool _isSampling;
        private long _most;

        internal CpuMemory()
        {
        }

        /// <summary>Returns the bytes that are allocated now, with the allocator's rounding.</summary>
        public long memory_allocated() => ProcessMemory.Allocated();

        /// <summary>
        /// Returns the most bytes that were allocated at one time since <see cref="reset_peak_memory_stats"/>. A thread looks every millisecond, so it
        /// may miss a shorter peak. Before the first reset the result is what is allocated now.
        /// </summary>
        public long max_memory_allocated() => Note();

        /// <summary>Starts <see cref="max_memory_allocated"/> anew, at what is allocated now.</summary>
        public void reset_peak_memory_stats()
        {
            Volatile.Write(ref _most, ProcessMemory.Allocated());
            lock (_starting)
            {
                if (_isSampling)
                    return;
                _isSampling = true;
                new Thread(Sample) { IsBackground = true, Name = "Memory statistics" }.Start();
            }
        }

        private long Note()
        {
            var now = ProcessMemory.Allocated();
            if (!_isSampling)
                return now;
            var most = Volatile.Read(ref _most);
            while (now > most && Interlocked.CompareExchange(ref _most, now, most) is var seen && seen != most)
                most = seen;
            return Math.Max(now, most);
        }

        private void Sample()
        {
            while (true)
            {
                var start = Stopwatch.GetTimestamp();
                Note();
                // a heap of many pieces takes longer to count: the thread takes a twentieth of a processor at most
                var pause = Stopwatch.GetElapsedTime(start) * 20;
                Thread.Sleep(pause > TimeSpan.FromMilliseconds(1) ? pause : TimeSpan.FromMilliseconds(1));
            }
        }
    }
}
