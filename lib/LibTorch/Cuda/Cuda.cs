using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>CUDA devices. What needs one throws <see cref="NotSupportedException"/> where there is none.</summary>
    public static unsafe partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => Door.door_cuda_devices();

        /// <summary>The device that "cuda" without a number means, on this thread.</summary>
        public static int current_device() => Exchange(-1);

        /// <summary>Makes a device the one that "cuda" without a number means, on this thread.</summary>
        public static void set_device(Device device) => Exchange(Index(device));

        public static string get_device_name(Device? device = null) => CudaDriver.Name(Index(device));

        public static (int major, int minor) get_device_capability(Device? device = null) => CudaDriver.Capability(Index(device));

        /// <summary>Waits until a device, the current one unless told, has done all it was given.</summary>
        public static void synchronize(Device? device = null) => Door.Check(Door.door_cuda_synchronize(Index(device)));

        /// <summary>Starts the current device's random stream anew; nothing where there is no CUDA, as in PyTorch.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available())
                Seed(current_device(), seed);
        }

        /// <summary>Starts every device's random stream anew; nothing where there is no CUDA, as in PyTorch.</summary>
        public static void manual_seed_all(long seed)
        {
            for (var i = 0; i < device_count(); i++)
                Seed(i, seed);
        }

        internal static void Require()
        {
            if (!is_available())
                throw new NotSupportedException("This libtorch has no CUDA, or there is no CUDA device: torch.cuda.is_available() is false.");
        }

        /// <summary>The number of a CUDA device; the current one's when none is named.</summary>
        private static int Index(Device? device)
        {
            Require();
            if (device is null)
                return current_device();
            if (device.type != DeviceType.CUDA || device.index >= device_count())
                throw new ArgumentException($"{device} is not one of the {device_count()} CUDA devices here.", nameof(device));
            return device.index < 0 ? current_device() : device.index;
        }

        private static int Exchange(int index)
        {
            Require();
            int before;
            Door.Check(Door.door_device_exchange((int)DeviceType.CUDA, index, &before));
            return before;
        }

        private static void Seed(int index, long seed) =>
            Door.Check(Door.door_device_seed((int)DeviceType.CUDA, index, unchecked((ulong)seed)));
    }
}
