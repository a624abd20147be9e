using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The largest value of each window of [N, C, H, W].</summary>
    public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly long[] _kernelSize;
        private readonly long[]? _stride;
        private readonly long[]? _padding;
        private readonly long[]? _dilation;
        private readonly bool _ceilMode;

        internal MaxPool2d(long[] kernelSize, long[]? stride, long[]? padding, long[]? dilation, bool ceilMode)
            : base(nameof(MaxPool2d)) =>
            (_kernelSize, _stride, _padding, _dilation, _ceilMode) = (kernelSize, stride, padding, dilation, ceilMode);

        public override Tensor forward(Tensor input) =>
            nn.functional.max_pool2d(input, _kernelSize, _stride, _padding, _dilation, _ceilMode);

        public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
            nn.functional.max_pool2d_with_indices(input, _kernelSize, _stride, _padding, _dilation, _ceilMode);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Without a stride, windows lie side by side.</summary>
            public static MaxPool2d MaxPool2d(
                long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new([kernel_size, kernel_size], Twice(stride), Twice(padding), Twice(dilation), ceil_mode);

            public static MaxPool2d MaxPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                bool ceil_mode = false) =>
                new(
                    Pair(kernel_size), stride is { } step ? Pair(step) : null, padding is { } edge ? Pair(edge) : null,
                    dilation is { } gap ? Pair(gap) : null, ceil_mode);

            private static long[]? Twice(long? size) => size is { } given ? [given, given] : null;
        }
    }
}
