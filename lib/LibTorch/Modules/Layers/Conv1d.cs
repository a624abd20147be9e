using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over [N, in, L] or [in, L].</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(ConvolutionSettings settings)
            : base(nameof(Conv1d), settings)
        {
        }

        private protected override Tensor Convolve(Tensor input, long[] padding) =>
            nn.functional.conv1d(input, weight, bias, stride[0], padding[0], dilation[0], groups);

        private protected override Tensor ConvolveNamed(Tensor input, Padding padding) =>
            nn.functional.conv1d_padding(input, weight, bias, stride[0], padding, dilation[0], groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(new(in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], padding_mode, groups, bias, device, dtype));

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(new(in_channels, out_channels, [kernel_size], [stride], [0], [dilation], padding_mode, groups, bias, device, dtype)
                {
                    PaddingType = padding,
                });

            public static partial class functional
            {
                public static Tensor conv1d(
                    Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null,
                    long groups = 1) =>
                    Aten.Call("conv1d", input, weight, bias, stride ?? 1L, padding ?? 0L, dilation ?? 1L, Window.Size(groups));

                public static Tensor conv1d_padding(
                    Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid,
                    long? dilation = null, long groups = 1) =>
                    Aten.Call("conv1d.padding", input, weight, bias, stride ?? 1L, Name(padding), dilation ?? 1L, Window.Size(groups));

                private static string Name(Padding padding) => padding == Padding.Same ? "same" : "valid";
            }
        }
    }
}
