using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Starts the default random streams, of the CPU and of every CUDA device, anew: the same numbers as PyTorch's for the same seed.</summary>
    public static Generator manual_seed(long seed)
    {
        Door.Check(Door.door_manual_seed(unchecked((ulong)seed)));
        return random.default_generator;
    }

    /// <summary>A stream of random numbers of its own (a Mersenne twister, as PyTorch's on the CPU).</summary>
    public sealed unsafe class Generator : IDisposable
    {
        private readonly bool _isDefault;
        private nint _handle;

        public Generator(ulong seed = 67280421310721, Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CPU)
                throw new ArgumentException($"A generator on {device} is not supported: leave device out.", nameof(device));
            nint handle;
            Door.Check(Door.door_new_generator(seed, &handle));
            _handle = handle;
        }

        private Generator(nint handle)
        {
            _handle = handle;
            _isDefault = true;
        }

        ~Generator() => Release();

        internal static Generator Default
        {
            get
            {
                nint handle;
                Door.Check(Door.door_default_generator(&handle));
                return new Generator(handle);
            }
        }

        internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public long initial_seed()
        {
            ulong seed;
            Door.Check(Door.door_generator_seed(Handle, 0, &seed));
            return unchecked((long)seed);
        }

        public Generator manual_seed(long seed)
        {
            var bits = unchecked((ulong)seed);
            Door.Check(Door.door_generator_seed(Handle, 1, &bits));
            return this;
        }

        public Tensor get_state()
        {
            nint state;
            Door.Check(Door.door_generator_state(Handle, 0, &state));
            return Tensor.Take(state)!;
        }

        public void set_state(Tensor value)
        {
            nint state;
            Door.Check(Door.door_generator_state(Handle, value.Handle, &state));
            Tensor.Take(state)!.Dispose();
        }

        public void Dispose()
        {
            if (_isDefault)
                return;
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
                Door.door_release_generator(handle);
        }
    }

    public static class random
    {
        public static Generator default_generator { get; } = Generator.Default;

        public static Tensor get_rng_state() => default_generator.get_state();

        public static void set_rng_state(Tensor state) => default_generator.set_state(state);

        public static long initial_seed() => default_generator.initial_seed();
    }
}
