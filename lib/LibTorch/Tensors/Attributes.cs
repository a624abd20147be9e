using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static long initial_seed() => random.initial_seed();

    public partial class Tensor
    {
        public layout layout => (layout)Info.Layout;

        public bool is_sparse => layout != layout.strided;

        public Tensor mT => Aten.Call("mT", this);

        public Tensor mH => Aten.Call("mH", this);

        public bool is_same_size(Tensor other) => shape.AsSpan().SequenceEqual(other.shape);

        /// <summary>The elements' bytes in C#'s memory, shared with the tensor, while it lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU, or not contiguous.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_cpu() || !is_contiguous())
                    throw new InvalidOperationException("Bytes lie in order on the CPU: call .cpu() and .contiguous() first.");
                return numel() == 0 ? [] : new Span<byte>(Data(), checked((int)(numel() * element_size())));
            }
        }
    }
}
