using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over [N, in, H, W] or [in, H, W]. Weight is [out, in/groups, kernel height, kernel width], initialised as PyTorch does.</summary>
    public sealed class Conv2d : nn.Module<Tensor, Tensor>
    {
        private readonly long[] _stride;
        private readonly long[] _padding;
        private readonly long[] _dilation;
        private readonly long _groups;
        private readonly PaddingModes _paddingMode;

        internal Conv2d(
            long inChannels, long outChannels, long[] kernelSize, long[] stride, long[] padding, long[] dilation, PaddingModes paddingMode,
            long groups, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d))
        {
            if (groups <= 0 || inChannels % groups != 0 || outChannels % groups != 0)
                throw new ArgumentException($"groups ({groups}) must divide in_channels ({inChannels}) and out_channels ({outChannels}).");
            in_channels = inChannels;
            out_channels = outChannels;
            kernel_size = kernelSize;
            (_stride, _padding, _dilation, _groups, _paddingMode) = (stride, padding, dilation, groups, paddingMode);
            weight = new Parameter(empty([outChannels, inChannels / groups, .. kernelSize], dtype, device));
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            register_parameter(nameof(weight), weight);
            if (!hasBias)
                return;
            bias = new Parameter(empty([outChannels], dtype, device));
            nn.init.UniformInFan(bias, inChannels / groups * kernelSize[0] * kernelSize[1]);
            register_parameter(nameof(bias), bias);
        }

        public long in_channels { get; }

        public long out_channels { get; }

        public long[] kernel_size { get; }

        public Parameter weight { get; }

        public Parameter? bias { get; }

        public override Tensor forward(Tensor input)
        {
            if (_paddingMode == PaddingModes.Zeros)
                return nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
            using var padded = nn.functional.pad(input, [_padding[1], _padding[1], _padding[0], _padding[0]], _paddingMode);
            return nn.functional.conv2d(padded, weight, bias, _stride, [0, 0], _dilation, _groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], [dilation, dilation],
                    padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)),
                    padding_mode, groups, bias, device, dtype);

            private static long[] Pair((long First, long Second) sizes) => [sizes.First, sizes.Second];
        }
    }
}
