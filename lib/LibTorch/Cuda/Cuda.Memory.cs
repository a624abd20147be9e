using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <remarks>Memory statistics are libtorch 2.9's and newer; an older one throws <see cref="ExternalException"/> and says so.</remarks>
    public static unsafe partial class cuda
    {
        /// <summary>Bytes that tensors on a device, the current one unless told, take.</summary>
        public static long memory_allocated(Device? device = null) => Statistic(device, 0);

        /// <summary>The most bytes that tensors took since the start or <see cref="reset_peak_memory_stats"/>.</summary>
        public static long max_memory_allocated(Device? device = null) => Statistic(device, 1);

        /// <summary>Bytes that libtorch holds for tensors, used or kept for the next.</summary>
        public static long memory_reserved(Device? device = null) => Statistic(device, 2);

        /// <summary>The most bytes that libtorch held since the start or <see cref="reset_peak_memory_stats"/>.</summary>
        public static long max_memory_reserved(Device? device = null) => Statistic(device, 3);

        public static void reset_peak_memory_stats(Device? device = null) =>
            Door.Check(Door.door_memory_reset_peak((int)DeviceType.CUDA, Index(device)));

        /// <summary>Gives memory that libtorch keeps for the next tensors back to the device.</summary>
        public static void empty_cache()
        {
            Require();
            Door.Check(Door.door_memory_empty_cache((int)DeviceType.CUDA));
        }

        private static long Statistic(Device? device, int which)
        {
            var statistics = stackalloc long[4];
            Door.Check(Door.door_memory_statistics((int)DeviceType.CUDA, Index(device), statistics));
            return statistics[which];
        }
    }
}
