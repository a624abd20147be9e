using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The gradient of a convolution with respect to its input, as a layer: it makes its input larger.</summary>
    public abstract class ConvolutionTranspose : Convolution
    {
        private protected ConvolutionTranspose(string name, ConvolutionSettings settings)
            : base(name, settings)
        {
            if (settings.PaddingMode != PaddingModes.Zeros)
                throw new ArgumentException($"{name} pads with zeros only.");
        }

        public override Tensor forward(Tensor input) => forward(input, null);

        /// <param name="input">What to enlarge.</param>
        /// <param name="output_size">Which of the possible sizes the result has, where the stride leaves a choice.</param>
        public Tensor forward(Tensor input, long[]? output_size) =>
            Enlarge(input, output_size is null ? output_padding : PaddingFor(input.shape, output_size));

        private protected abstract Tensor Enlarge(Tensor input, long[] outputPadding);

        private protected sealed override Tensor Convolve(Tensor input, long[] padding) => Enlarge(input, output_padding);

        private protected sealed override Tensor ConvolveNamed(Tensor input, Padding padding) => Enlarge(input, output_padding);

        private long[] PaddingFor(long[] shape, long[] outputSize)
        {
            var dimensions = kernel_size.Length;
            if (shape.Length < dimensions || outputSize.Length < dimensions)
                throw new ArgumentException($"{GetName()} needs {dimensions} sizes in input and output_size.", nameof(outputSize));
            var result = new long[dimensions];
            for (var i = 0; i < dimensions; i++)
            {
                var smallest = ((shape[^(dimensions - i)] - 1) * stride[i]) - (2 * padding[i]) + (dilation[i] * (kernel_size[i] - 1)) + 1;
                var wanted = outputSize[^(dimensions - i)];
                if (wanted < smallest || wanted >= smallest + stride[i])
                {
                    throw new ArgumentException(
                        $"output_size {wanted} is not possible: choose from {smallest} to {smallest + stride[i] - 1}.", nameof(outputSize));
                }
                result[i] = wanted - smallest;
            }
            return result;
        }
    }

    /// <summary>A transposed convolution over [N, in, L].</summary>
    public sealed class ConvTranspose1d : ConvolutionTranspose
    {
        internal ConvTranspose1d(ConvolutionSettings settings)
            : base(nameof(ConvTranspose1d), settings)
        {
        }

        private protected override Tensor Enlarge(Tensor input, long[] outputPadding) =>
            nn.functional.conv_transpose1d(input, weight, bias, stride[0], padding[0], outputPadding[0], dilation[0], groups);
    }

    /// <summary>A transposed convolution over [N, in, H, W].</summary>
    public sealed class ConvTranspose2d : ConvolutionTranspose
    {
        internal ConvTranspose2d(ConvolutionSettings settings)
            : base(nameof(ConvTranspose2d), settings)
        {
        }

        private protected override Tensor Enlarge(Tensor input, long[] outputPadding) =>
            nn.functional.conv_transpose2d(input, weight, bias, stride, padding, outputPadding, dilation, groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(new(
                    in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], padding_mode, groups, bias, device, dtype)
                {
                    OutputPadding = [output_padding],
                });

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                ConvTranspose2d(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding),
                    (output_padding, output_padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(new(
                    in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)),
                    padding_mode, groups, bias, device, dtype)
                {
                    OutputPadding = Pair(output_padding ?? (0, 0)),
                });

            public static partial class functional
            {
                public static Tensor conv_transpose1d(
                    Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? output_padding = null,
                    long? dilation = null, long groups = 1) =>
                    Aten.Call(
                        "conv_transpose1d", input, weight, bias, stride ?? 1L, padding ?? 0L, output_padding ?? 0L, Window.Size(groups),
                        dilation ?? 1L);

                public static Tensor conv_transpose2d(
                    Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                    long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                    Aten.Call(
                        "conv_transpose2d.input", input, weight, bias, strides ?? _ones, padding ?? _zeros, output_padding ?? _zeros,
                        Window.Size(groups), dilation ?? _ones);
            }
        }
    }
}
