using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Extras.Memory;
using TorchSharp.Extras.Native;

namespace TorchSharp
{
    /// <summary>Adds <c>torch.cpu</c> with statistics of the memory of CPU tensors.</summary>
    public static class TorchCpuMemory
    {
        private static readonly CpuMemory _cpu = new();

        extension(torch)
        {
            /// <summary>Gets the memory statistics of the CPU, with the names of PyTorch's <c>torch.cuda</c>.</summary>
            public static CpuMemory cpu => _cpu;
        }
    }
}

namespace TorchSharp.Extras.Memory
{
    /// <summary>Statistics of native memory. PyTorch has such statistics only for GPUs.</summary>
    /// <remarks>
    /// The statistics count all native memory of the process. Nearly all of it belongs to tensors, so differences show the memory of tensors,
    /// including the tensors that autograd keeps for <c>backward()</c>. The source is glibc on Linux, and the system's allocator on macOS and Windows
    /// (untested); on other systems it is resident memory, which is less precise.
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

        /// <summary>Returns the number of bytes that are currently allocated, including the allocator's rounding.</summary>
        public long memory_allocated() => ProcessMemory.Allocated();

        /// <summary>
        /// Returns the maximum number of allocated bytes since <see cref="reset_peak_memory_stats"/>. A thread samples every millisecond, so shorter
        /// peaks may be missed. Before the first reset, the result is the current number of allocated bytes.
        /// </summary>
        public long max_memory_allocated() => Note();

        /// <summary>Resets <see cref="max_memory_allocated"/> to the current number of allocated bytes.</summary>
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
                // statistics of a fragmented heap take longer: the thread uses at most a twentieth of a core
                var pause = Stopwatch.GetElapsedTime(start) * 20;
                Thread.Sleep(pause > TimeSpan.FromMilliseconds(1) ? pause : TimeSpan.FromMilliseconds(1));
            }
        }
    }
}
