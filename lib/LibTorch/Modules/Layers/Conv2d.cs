using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over [N, in, H, W] or [in, H, W].</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(ConvolutionSettings settings)
            : base(nameof(Conv2d), settings)
        {
        }

        private protected override Tensor Convolve(Tensor input, long[] padding) =>
            nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);

        private protected override Tensor ConvolveNamed(Tensor input, Padding padding) =>
            nn.functional.conv2d_padding(input, weight, bias, stride, padding, dilation, groups);
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
                Conv2d(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding),
                    (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(new(
                    in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)),
                    Pair(dilation ?? (1, 1)), padding_mode, groups, bias, device, dtype));

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                Conv2d(
                    in_channels, out_channels, (kernel_size, kernel_size), padding, (stride, stride),
                    (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(new(
                    in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair((0, 0)), Pair(dilation ?? (1, 1)),
                    padding_mode, groups, bias, device, dtype)
                {
                    PaddingType = padding,
                });

            private static long[] Pair((long First, long Second) sizes) => [sizes.First, sizes.Second];

            public static partial class functional
            {
                public static Tensor conv2d_padding(
                    Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                    long[]? dilation = null, long groups = 1) =>
                    Aten.Call("conv2d.padding", input, weight, bias, strides ?? [1], Name(padding), dilation ?? [1], Window.Size(groups));
            }
        }
    }
}
