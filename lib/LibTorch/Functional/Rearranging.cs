using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How <see cref="nn.functional.grid_sample"/> finds values between pixels, numbered as in libtorch.</summary>
    public enum GridSampleMode
    {
        Bilinear = 0,
        Nearest = 1,
    }

    /// <summary>What <see cref="nn.functional.grid_sample"/> finds outside an image, numbered as in libtorch.</summary>
    public enum GridSamplePaddingMode
    {
        Zeros = 0,
        Border = 1,
        Reflection = 2,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>[N, C·r², H, W] becomes [N, C, H·r, W·r].</summary>
            public static Tensor pixel_shuffle(Tensor x, long upscale_factor) => Aten.Call("pixel_shuffle", x, Window.Size(upscale_factor));

            /// <summary>[N, C, H·r, W·r] becomes [N, C·r², H, W].</summary>
            public static Tensor pixel_unshuffle(Tensor x, long downscale_factor) =>
                Aten.Call("pixel_unshuffle", x, Window.Size(downscale_factor));

            /// <summary>Takes values of images at places.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="grid">The places: [N, height, width, 2], x and y from -1 to 1.</param>
            /// <param name="mode">How values between pixels are found.</param>
            /// <param name="padding_mode">What is found outside.</param>
            /// <param name="align_corners">Whether -1 and 1 are the middles of the corner pixels, not their outer edges.</param>
            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null) =>
                Aten.Call("grid_sampler", input, grid, (long)mode, (long)padding_mode, align_corners ?? false);

            /// <summary>The grid of an affine map, for <see cref="grid_sample"/>.</summary>
            /// <param name="theta">[N, 2, 3].</param>
            /// <param name="size">The result's size: [N, C, H, W].</param>
            /// <param name="align_corners">As <see cref="grid_sample"/> takes it.</param>
            public static Tensor affine_grid(Tensor theta, long[] size, bool align_corners = false) =>
                Aten.Call("affine_grid_generator", theta, size, align_corners);
        }
    }
}
