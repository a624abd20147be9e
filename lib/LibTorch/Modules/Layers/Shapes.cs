using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Hands its input on.</summary>
    public sealed class Identity : nn.Module<Tensor, Tensor>
    {
        internal Identity()
            : base(nameof(Identity))
        {
        }

        /// <inheritdoc/>
        /// <remarks>The result shares the input's elements but is a tensor of its own, so that either can be disposed.</remarks>
        public override Tensor forward(Tensor input) => input.alias();
    }

    /// <summary>Splits a dimension into several.</summary>
    public sealed class Unflatten : nn.Module<Tensor, Tensor>
    {
        internal Unflatten(long dim, long[] unflattened_size)
            : base(nameof(Unflatten)) => (this.dim, this.unflattened_size) = (dim, unflattened_size);

        public long dim { get; set; }

        public long[] unflattened_size { get; set; }

        public override Tensor forward(Tensor input) => input.unflatten(dim, unflattened_size);
    }

    /// <summary>Puts zeros around the last two dimensions.</summary>
    public sealed class ZeroPad2d : nn.Module<Tensor, Tensor>
    {
        private readonly long[] _padding;

        internal ZeroPad2d(params long[] padding)
            : base(nameof(ZeroPad2d)) => _padding = padding;

        public override Tensor forward(Tensor input) => nn.functional.pad(input, _padding);
    }

    /// <summary>In training, sets whole channels of [N, C, L] to zero.</summary>
    public sealed class Dropout1d : nn.Module<Tensor, Tensor>
    {
        internal Dropout1d(double p, bool inplace)
            : base(nameof(Dropout1d)) => (this.p, this.inplace) = (p, inplace);

        public double p { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.dropout1d(input, p, training, inplace);
    }

    /// <summary>In training, sets whole channels of [N, C, H, W] to zero.</summary>
    public sealed class Dropout2d : nn.Module<Tensor, Tensor>
    {
        internal Dropout2d(double p, bool inplace)
            : base(nameof(Dropout2d)) => (this.p, this.inplace) = (p, inplace);

        public double p { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.dropout2d(input, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Identity Identity() => new();

            public static Unflatten Unflatten(long dim, long[] unflattened_size) => new(dim, unflattened_size);

            public static ZeroPad2d ZeroPad2d(long padding) => new(padding, padding, padding, padding);

            /// <param name="padding">Zeros left, right, above and below.</param>
            public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) =>
                new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);

            public static Dropout1d Dropout1d(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static Dropout2d Dropout2d(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                /// <summary>Drops channels of [N, C, L] or [C, L].</summary>
                public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                {
                    if (input.ndim != 2)
                        return dropout2d(input, p, training, inplace);
                    using var batch = input.unsqueeze(0);
                    if (inplace)
                    {
                        dropout2d(batch, p, training, true);
                        return input;
                    }
                    using var dropped = dropout2d(batch, p, training);
                    return dropped.squeeze(0);
                }

                /// <summary>Drops whole channels: all that shares its first two indices.</summary>
                public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                    inplace ? Aten.InPlace("feature_dropout_", input, p, training) : Aten.Call("feature_dropout", input, p, training);
            }
        }
    }
}
