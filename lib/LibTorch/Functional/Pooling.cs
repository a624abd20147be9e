using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor max_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Aten.Call(
                    "max_pool1d", input, Window.Size(kernel_size), Window.Size(stride ?? kernel_size), Window.Size(padding ?? 0),
                    Window.Size(dilation ?? 1), ceil_mode);

            public static (Tensor output, Tensor indices) max_pool1d_with_indices(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Aten.Call2("max_pool1d_with_indices", input, kernel_size, stride ?? kernel_size, padding ?? 0L, dilation ?? 1L, ceil_mode);

            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Aten.Call2(
                    "max_pool2d_with_indices", input, kernel_size, strides ?? kernel_size, padding ?? _zeros, dilation ?? _ones, ceil_mode);

            public static Tensor avg_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                Aten.Call("avg_pool1d", input, kernel_size, stride ?? kernel_size, padding ?? 0L, ceil_mode, count_include_pad);

            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                Aten.Call(
                    "avg_pool2d", input, kernel_size, stride ?? kernel_size, padding ?? _zeros, ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                avg_pool2d(
                    input, [kernel_size, kernel_size], Twice(stride), [padding, padding], ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(
                    input, Pair(kernel_size), stride is { } step ? Pair(step) : null, padding is { } edge ? Pair(edge) : null, ceil_mode,
                    count_include_pad, divisor_override);

            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) => Aten.Call("adaptive_avg_pool1d", input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Aten.Call("adaptive_avg_pool2d", input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                adaptive_avg_pool2d(input, Pair(output_size));

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, [output_size, output_size]);

            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size)
            {
                var (values, indices) = adaptive_max_pool2d_with_indices(input, output_size);
                indices.Dispose();
                return values;
            }

            public static (Tensor Values, Tensor Indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size) =>
                Aten.Call2("adaptive_max_pool2d", input, output_size);
        }
    }
}
