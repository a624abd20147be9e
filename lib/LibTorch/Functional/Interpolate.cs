using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
        NearestExact = 6,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Resizes all dimensions of <paramref name="x"/> but the first two.</summary>
            /// <param name="x">[N, C, L], [N, C, H, W] or [N, C, D, H, W].</param>
            /// <param name="size">Sizes of the result, or one for all dimensions.</param>
            /// <param name="scale_factor">Factors instead of sizes, or one for all dimensions.</param>
            /// <param name="mode">How values between elements come about; linear, bilinear and trilinear each for its number of dimensions.</param>
            /// <param name="align_corners">Whether corner elements keep their places; only for the linear and cubic modes.</param>
            /// <param name="recompute_scale_factor">Whether factors follow from the whole sizes of the result.</param>
            /// <param name="antialias">Whether a smaller result is smoothed; only for bilinear and bicubic.</param>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var dimensions = (int)x.ndim - 2;
                RefuseUnfitting(dimensions, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias);
                var sizes = Each(size, dimensions, nameof(size));
                var factors = Each(scale_factor, dimensions, nameof(scale_factor));
                if (factors is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    sizes = [.. factors.Zip(x.shape.Skip(2), (factor, length) => (long)Math.Floor(length * factor))];
                    factors = null;
                }
                var corners = align_corners ?? false;
                return mode switch
                {
                    InterpolationMode.Nearest => Aten.Call($"upsample_nearest{dimensions}d.vec", x, sizes, factors),
                    InterpolationMode.NearestExact => Aten.Call($"_upsample_nearest_exact{dimensions}d.vec", x, sizes, factors),
                    InterpolationMode.Area => Aten.Call($"adaptive_avg_pool{dimensions}d", x, sizes),
                    _ when antialias => Aten.Call($"_upsample_{Name(mode)}{dimensions}d_aa.vec", x, sizes, corners, factors),
                    _ => Aten.Call($"upsample_{Name(mode)}{dimensions}d.vec", x, sizes, corners, factors),
                };
            }

            public static Tensor upsample(
                Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest,
                bool align_corners = false) =>
                interpolate(input, size, scale_factor, (InterpolationMode)mode, mode == UpsampleMode.Nearest ? null : align_corners);

            public static Tensor upsample_bilinear(
                Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                upsample(x, size, scale_factor, UpsampleMode.Bilinear, align_corners);

            private static string Name(InterpolationMode mode) => mode.ToString().ToLowerInvariant();

            private static T[]? Each<T>(T[]? values, int dimensions, string name) => values switch
            {
                null => null,
                [var one] => [.. Enumerable.Repeat(one, dimensions)],
                _ when values.Length == dimensions => values,
                _ => throw new ArgumentException(
                    $"{name} has {values.Length} values for {dimensions} dimensions: give one for each, or one for all.", name),
            };

            private static void RefuseUnfitting(
                int dimensions, long[]? size, double[]? factor, InterpolationMode mode, bool? corners, bool recompute, bool antialias)
            {
                var wanted = mode switch
                {
                    InterpolationMode.Linear => 1,
                    InterpolationMode.Bilinear or InterpolationMode.Bicubic => 2,
                    InterpolationMode.Trilinear => 3,
                    _ => dimensions,
                };
                if (dimensions is < 1 or > 3 || dimensions != wanted)
                    throw new ArgumentException($"{mode} interpolation does not take an input of {dimensions + 2} dimensions.");
                if (size is null == factor is null)
                    throw new ArgumentException("Give either size or scale_factor, not both and not neither.");
                if (recompute && size is not null)
                    throw new ArgumentException("recompute_scale_factor needs scale_factor instead of size.");
                if (corners is not null && mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area)
                    throw new ArgumentException($"align_corners has no meaning for {mode} interpolation: leave it out.");
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException("antialias is for bilinear and bicubic interpolation only.");
            }
        }
    }
}
