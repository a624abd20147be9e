using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.relu(input, inplace);
    }

    /// <summary>Joins the dimensions from start_dim to end_dim.</summary>
    public sealed class Flatten : nn.Module<Tensor, Tensor>
    {
        private readonly long _start;
        private readonly long _end;

        internal Flatten(long start, long end)
            : base(nameof(Flatten)) => (_start, _end) = (start, end);

        public override Tensor forward(Tensor input) => input.flatten(_start, _end);
    }

    /// <summary>In training, sets each value to zero with probability p and scales the others up; in evaluation, nothing.</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        private readonly double _p;
        private readonly bool _inplace;

        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout)) => (_p, _inplace) = (p, inplace);

        public override Tensor forward(Tensor input) => nn.functional.dropout(input, _p, training, _inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);

            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
