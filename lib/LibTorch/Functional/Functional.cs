using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers without state. See <see href="https://pytorch.org/docs/stable/nn.functional.html">torch.nn.functional</see>.</summary>
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Call("linear", input, weights, bias);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                Aten.Call("conv2d", input, weight, bias, strides ?? _ones, padding ?? _zeros, dilation ?? _ones, Window.Size(groups));

            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Aten.Call("max_pool2d", input, kernel_size, stride ?? kernel_size, padding ?? 0L, dilation ?? 1L, ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Aten.Call("max_pool2d", input, kernel_size, strides ?? kernel_size, padding ?? _zeros, dilation ?? _ones, ceil_mode);

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            /// <summary>With <paramref name="training"/> false, the input itself.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Aten.InPlace("dropout_", input, p, training) : Aten.Call("dropout", input, p, training);

            /// <exception cref="ArgumentException">Statistics are to be taken of a single value for each channel.</exception>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5) =>
                training && input.ndim > 1 && input.numel() == input.shape[1]
                    ? throw new ArgumentException($"Training a batch norm needs more than one value a channel; the input is {input}.", nameof(input))
                    : Aten.Call("batch_norm", input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            /// <param name="input">The tensor to continue over its edges.</param>
            /// <param name="pad">Elements to add: before and after the last dimension, before and after the one before it, and so on.</param>
            /// <param name="mode">With what.</param>
            /// <param name="value">The constant, for <see cref="PaddingModes.Constant"/>.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Zeros or PaddingModes.Constant => Aten.Call("constant_pad_nd", input, pad, value),
                _ => Aten.Call("pad", input, pad, mode.ToString().ToLowerInvariant()),
            };

            private static readonly long[] _ones = [1, 1];
            private static readonly long[] _zeros = [0, 0];
        }
    }
}
