using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over [N, in, D, H, W] or [in, D, H, W].</summary>
    public sealed class Conv3d : Convolution
    {
        internal Conv3d(ConvolutionSettings settings)
            : base(nameof(Conv3d), settings)
        {
        }

        private protected override Tensor Convolve(Tensor input, long[] padding) =>
            nn.functional.conv3d(input, weight, bias, stride, padding, dilation, groups);

        private protected override Tensor ConvolveNamed(Tensor input, Padding padding) =>
            nn.functional.conv3d_padding(input, weight, bias, stride, padding, dilation, groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv3d Conv3d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                Conv3d(
                    in_channels, out_channels, (kernel_size, kernel_size, kernel_size), (stride, stride, stride), (padding, padding, padding),
                    (dilation, dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv3d Conv3d(
                long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long)? stride = null,
                (long, long, long)? padding = null, (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(new(
                    in_channels, out_channels, Triple(kernel_size), Triple(stride ?? (1, 1, 1)), Triple(padding ?? (0, 0, 0)),
                    Triple(dilation ?? (1, 1, 1)), padding_mode, groups, bias, device, dtype));

            public static Conv3d Conv3d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                Conv3d(
                    in_channels, out_channels, (kernel_size, kernel_size, kernel_size), padding, (stride, stride, stride),
                    (dilation, dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv3d Conv3d(
                long in_channels, long out_channels, (long, long, long) kernel_size, Padding padding, (long, long, long)? stride = null,
                (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(new(
                    in_channels, out_channels, Triple(kernel_size), Triple(stride ?? (1, 1, 1)), Triple((0, 0, 0)), Triple(dilation ?? (1, 1, 1)),
                    padding_mode, groups, bias, device, dtype)
                {
                    PaddingType = padding,
                });

            private static long[] Triple((long First, long Second, long Third) sizes) => [sizes.First, sizes.Second, sizes.Third];

            public static partial class functional
            {
                public static Tensor conv3d(
                    Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                    long[]? dilation = null, long groups = 1) =>
                    Aten.Call("conv3d", input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], Window.Size(groups));

                public static Tensor conv3d_padding(
                    Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                    long[]? dilation = null, long groups = 1) =>
                    Aten.Call("conv3d.padding", input, weight, bias, strides ?? [1], Name(padding), dilation ?? [1], Window.Size(groups));
            }
        }
    }
}
