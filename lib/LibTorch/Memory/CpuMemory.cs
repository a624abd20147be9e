using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// What tensors on the CPU take, counted where it is allocated: those that autograd keeps for backward count too. PyTorch and TorchSharp
    /// have such numbers for CUDA only, see <see cref="cuda"/>.
    /// </summary>
    public static unsafe class cpu
    {
        /// <summary>Bytes that tensors take now, with the allocator's rounding.</summary>
        public static long memory_allocated() => Volatile.Read(ref *Door.LiveBytes);

        /// <summary>The most bytes that tensors took at one time since the start or <see cref="reset_peak_memory_stats"/>.</summary>
        public static long max_memory_allocated() => Door.door_most_live_bytes();

        /// <summary>Starts <see cref="max_memory_allocated"/> anew, at what tensors take now.</summary>
        public static void reset_peak_memory_stats() => Door.door_forget_most_live_bytes();
    }
}
