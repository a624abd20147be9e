using TorchSharp.Extras.Native.Kernels;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>
/// Compares the blocks of products and convolutions, for each set of instructions that the processor has, with loops over single elements. All numbers
/// are multiples of 1/8, so sums are exact in any order.
/// </summary>
public sealed unsafe class TileTests
{
    private readonly Random _random = new(11);

    [Fact]
    public void A_block_of_dot_products_is_exact() => Array.ForEach(InstructionSets.AreWide, AssertDotProducts);

    [Fact]
    public void A_block_of_outer_products_is_exact() => Array.ForEach(InstructionSets.AreWide, AssertOuterProducts);

    [Fact]
    public void A_block_of_outputs_of_a_convolution_is_exact()
    {
        foreach (var isWide in InstructionSets.AreWide)
        {
            AssertOutputs<TwoVectors>(isWide, 2);
            AssertOutputs<ThreeVectors>(isWide, 3);
        }
    }

    [Fact]
    public void A_block_of_gradients_of_the_weights_of_a_convolution_is_exact() => Array.ForEach(InstructionSets.AreWide, AssertGradients);

    private void AssertDotProducts(bool isWide)
    {
        var rows = isWide ? MatrixTiles.DotSize : 2;
        foreach (var length in (int[])[16, 17, 23, 24, 31, 32, 33, 100, 784])
        {
            float[] a = Numbers(rows * length), b = Numbers(4 * length), bias = Numbers(4), result = new float[rows * 5];
            foreach (var given in (float[]?[])[bias, null])
            {
                fixed (float* left = a, right = b, added = given, to = result)
                {
                    if (isWide)
                        MatrixTiles512.Dot(left, right, length, added, to, 5);
                    else
                        MatrixTiles256.Dot(left, right, length, added, to, 5);
                }
                for (var i = 0; i < rows; i++)
                {
                    for (var j = 0; j < 4; j++)
                    {
                        var sum = given?[j] ?? 0;
                        for (var k = 0; k < length; k++)
                            sum += a[(i * length) + k] * b[(j * length) + k];
                        Assert.Equal(sum, result[(i * 5) + j]);
                    }
                    Assert.Equal(0, result[(i * 5) + 4]);
                }
            }
        }
    }

    private void AssertOuterProducts(bool isWide)
    {
        var (rows, columns) = isWide ? (MatrixTiles.OuterRows, MatrixTiles.OuterColumns) : (MatrixTiles256.OuterRows, MatrixTiles256.OuterColumns);
        foreach (var steps in (int[])[1, 2, 10, 64])
        {
            // the left matrix is transposed
            float[] a = Numbers(steps * (rows + 1)), b = Numbers(steps * (columns + 3)), result = new float[rows * (columns + 2)];
            fixed (float* left = a, right = b, to = result)
            {
                if (isWide)
                    MatrixTiles512.Outer(left, 1, rows + 1, right, columns + 3, steps, to, columns + 2);
                else
                    MatrixTiles256.Outer(left, 1, rows + 1, right, columns + 3, steps, to, columns + 2);
            }
            for (var i = 0; i < result.Length; i++)
            {
                var (row, column) = (i / (columns + 2), i % (columns + 2));
                var sum = 0f;
                for (var k = 0; k < steps && column < columns; k++)
                    sum += a[(k * (rows + 1)) + row] * b[(k * (columns + 3)) + column];
                Assert.Equal(sum, result[i]);
            }
        }
    }

    private void AssertGradients(bool isWide)
    {
        const int Images = 3, Vectors = 4, PixelImage = 120, Stride = Vectors * 16, GradientImage = 8 * Stride;
        int[] offsets = [0, 7, 40];
        float[] gradient = Numbers(Images * GradientImage), pixels = Numbers((Images * PixelImage) + 64), sums = Numbers(3 * 8), before = [.. sums];
        var rows = isWide ? 8 : ConvolutionTiles256.Rows;
        fixed (float* g = gradient, x = pixels, to = sums)
        {
            fixed (int* places = offsets)
            {
                if (isWide)
                    ConvolutionTiles512.ForWeight(g, Stride, GradientImage, x, PixelImage, places, Vectors, Images, to);
                else
                    ConvolutionTiles256.ForWeight(g, Stride, GradientImage, x, PixelImage, places, 2 * Vectors, Images, to);
            }
        }
        for (var i = 0; i < sums.Length; i++)
        {
            var sum = before[i];
            for (var image = 0; image < Images && i % 8 < rows; image++)
            {
                for (var q = 0; q < Stride; q++)
                    sum += gradient[(image * GradientImage) + (i % 8 * Stride) + q] * pixels[(image * PixelImage) + offsets[i / 8] + q];
            }
            Assert.Equal(sum, sums[i]);
        }
    }

    private void AssertOutputs<TWidth>(bool isWide, int vectors)
        where TWidth : struct, ITileWidth
    {
        var (rows, columns) = isWide ? (8, vectors * 16) : (ConvolutionTiles256.Rows, vectors * ConvolutionTiles256.Lanes);
        int[] offsets = [0, 1, 2, 20, 21, 22, 40];
        float[] weights = Numbers(offsets.Length * 8), pixels = Numbers(40 + columns), bias = Numbers(8), result = new float[rows * (columns + 1)];
        fixed (float* w = weights, x = pixels, added = bias, to = result)
        {
            fixed (int* places = offsets)
            {
                if (isWide)
                    ConvolutionTiles512.Forward<TWidth>(w, x, places, offsets.Length, added, to, columns + 1);
                else
                    ConvolutionTiles256.Forward<TWidth>(w, x, places, offsets.Length, added, to, columns + 1);
            }
        }
        for (var i = 0; i < result.Length; i++)
        {
            var (row, column) = (i / (columns + 1), i % (columns + 1));
            var sum = column < columns ? bias[row] : 0;
            for (var k = 0; k < offsets.Length && column < columns; k++)
                sum += weights[(k * 8) + row] * pixels[offsets[k] + column];
            Assert.Equal(sum, result[i]);
        }
    }

    // multiples of 1/8 from -2 to 2, whose products are multiples of 1/64
    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(-16, 17) / 8f)];
}
