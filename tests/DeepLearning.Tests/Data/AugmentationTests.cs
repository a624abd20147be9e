using DeepLearning.Data;
using DeepLearning.Data.Augmenting;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly byte[] _threeByFour = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Theory]
    [InlineData(true, new byte[] { 4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9 })]
    [InlineData(false, new byte[] { 9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4 })]
    public void A_flip_mirrors_each_channel(bool isHorizontal, byte[] expected)
    {
        using var images = tensor(_threeByFour.Concat(_threeByFour.Select(value => (byte)(value + 100))).ToArray()).reshape(1, 2, 3, 4);
        var flip = isHorizontal ? Augmentation.RandomHorizontalFlip(1) : Augmentation.RandomVerticalFlip(1);
        using var flipped = flip.Apply(images, new Random(1));
        Assert.Equal([.. expected, .. expected.Select(value => (byte)(value + 100))], flipped.data<byte>().ToArray());
    }

    [Fact]
    public void Images_are_flipped_with_the_given_probability()
    {
        using var images = tensor(Enumerable.Range(0, 4000).SelectMany(_ => new byte[] { 1, 2 }).ToArray()).reshape(4000, 1, 1, 2);
        using var flipped = Augmentation.RandomHorizontalFlip(0.25).Apply(images, new Random(1));
        Assert.InRange(flipped[.., 0, 0, 0].eq(2).sum().item<long>(), 900, 1100);
    }

    [Fact]
    public void Crops_cover_all_positions_of_the_padded_image()
    {
        using var images = tensor(Enumerable.Repeat(_threeByFour, 500).SelectMany(image => image).ToArray()).reshape(500, 1, 3, 4);
        using var bordered = nn.functional.pad(images, [1, 1, 1, 1], PaddingModes.Constant, 99);
        using var cropped = Augmentation.RandomCrop(padding: 1, height: 2, width: 3, fill: 99).Apply(images, new Random(1));
        Assert.Equal([500, 1, 2, 3], cropped.shape);
        HashSet<(int, int)> places = [];
        for (var image = 0; image < 500; image++)
        {
            var place = Enumerable.Range(0, 4).SelectMany(top => Enumerable.Range(0, 4).Select(left => (top, left)))
                .Single(place => bordered[0, 0, place.top..(place.top + 2), place.left..(place.left + 3)].eq(cropped[image, 0]).all().item<bool>());
            places.Add(place);
        }
        Assert.Equal(16, places.Count);
    }

    [Fact]
    public void A_crop_that_is_larger_than_the_image_is_rejected()
    {
        using var images = zeros([1, 1, 3, 4], ScalarType.Byte);
        var error = Assert.Throws<ArgumentException>(() => Augmentation.RandomCrop(padding: 1, height: 6).Apply(images, new Random(1)));
        Assert.StartsWith("A crop of 6x4 does not fit in images of 3x4 with a padding of 1.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0, 1, 0)]
    [InlineData(90, 0, 0, 1, 0)]
    [InlineData(30, 2, -1, 1, 0)]
    [InlineData(-15, 0, 3, 1.3, 10)]
    [InlineData(200, -4, 2, 0.7, 25)]
    public void An_affine_map_equals_torchs_affine_grid_and_grid_sample(double angle, double x, double y, double scale, double shear)
    {
        const int Height = 20, Width = 28;
        using var generator = new Generator(1);
        var image = randint(0, 256, [1, 1, Height, Width], ScalarType.Float32, generator: generator);
        var map = AffineMap.Inverse(angle, (x, y), scale, shear, Height, Width);
        // the same map in affine_grid's coordinates, from -1 to 1 between the outer edges of the image
        double CenterX(double a, double b, double c) => (a * (Width - 1) / 2) + (b * (Height - 1) / 2) + c;
        var theta = tensor(new float[,,]
        {
            {
                { (float)map.A, (float)(map.B * Height / Width), (float)((CenterX(map.A, map.B, map.C) - ((Width - 1) / 2.0)) * 2 / Width) },
                { (float)(map.D * Width / Height), (float)map.E, (float)((CenterX(map.D, map.E, map.F) - ((Height - 1) / 2.0)) * 2 / Height) },
            },
        });
        var grid = nn.functional.affine_grid(theta, [1, 1, Height, Width], align_corners: false);
        var expected = nn.functional.grid_sample(image, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false);
        var actual = new byte[Height * Width];
        map.Resample(image.to(ScalarType.Byte).data<byte>().ToArray(), actual, Height, Width, AffineMap.Canvas(Height, Width, fill: 0));
        var difference = tensor(actual).to(ScalarType.Float32).sub(expected.flatten()).abs().max().item<float>();
        Assert.InRange(difference, 0, 3);
    }

    [Fact]
    public void A_positive_angle_rotates_clockwise_and_a_translation_moves_right_and_down()
    {
        // a pixel above the center is to its right after a quarter turn
        Assert.Equal(Spot(1, 2), Changed(Spot(0, 1), AffineMap.Inverse(90, (0, 0), 1, 0, 3, 3)));
        Assert.Equal(Spot(2, 2), Changed(Spot(0, 1), AffineMap.Inverse(0, (1, 2), 1, 0, 3, 3)));

        static byte[] Spot(int row, int column) => [.. Enumerable.Range(0, 9).Select(i => (byte)(i == (row * 3) + column ? 255 : 0))];
        static byte[] Changed(byte[] image, AffineMap map)
        {
            var changed = new byte[9];
            map.Resample(image, changed, 3, 3, AffineMap.Canvas(3, 3, fill: 0));
            return changed;
        }
    }

    [Fact]
    public void Eight_pixels_at_once_equal_pixels_one_by_one()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 200; trial++)
        {
            var (height, width) = (random.Next(1, 40), random.Next(1, 40));
            var image = new byte[height * width];
            random.NextBytes(image);
            double Around(double limit) => limit * ((2 * random.NextDouble()) - 1);
            var map = AffineMap.Inverse(Around(180), (Around(2 * width), Around(2 * height)), 0.2 + random.NextDouble(), Around(60), height, width);
            var (single, eights) = (new byte[image.Length], new byte[image.Length]);
            map.Resample(image, single, height, width, AffineMap.Canvas(height, width, fill: 7), isVector: false);
            map.Resample(image, eights, height, width, AffineMap.Canvas(height, width, fill: 7), isVector: true);
            Assert.Equal(single, eights);
        }
    }

    [Fact]
    public void A_position_far_from_the_image_is_filled()
    {
        var changed = new byte[9];
        AffineMap.Inverse(45, (1e5, -1e5), 1e-4, 0, 3, 3).Resample([1, 2, 3, 4, 5, 6, 7, 8, 9], changed, 3, 3, AffineMap.Canvas(3, 3, fill: 200));
        Assert.All(changed, value => Assert.Equal(200, value));
    }

    [Fact]
    public void Images_of_a_batch_are_rotated_by_different_angles()
    {
        using var images = tensor(Enumerable.Repeat(_threeByFour, 10).SelectMany(image => image).ToArray()).reshape(10, 1, 3, 4);
        using var rotated = Augmentation.RandomRotation(30).Apply(images, new Random(1));
        Assert.InRange(Enumerable.Range(0, 10).Select(i => string.Join(' ', rotated[i].data<byte>().ToArray())).Distinct().Count(), 6, 10);
        using var unchanged = Augmentation.RandomAffine().Apply(images, new Random(1));
        Assert.True(unchanged.eq(images).all().item<bool>());
    }

    [Fact]
    public void Erasing_overwrites_one_rectangle_of_the_given_area_in_all_channels()
    {
        using var images = full([200, 3, 20, 30], 7, ScalarType.Byte);
        using var erased = Augmentation.RandomErasing(p: 1, area: (0.1, 0.2), ratio: (0.5, 2), fill: 200).Apply(images, new Random(1));
        for (var image = 0; image < 200; image++)
        {
            using var mask = erased[image].eq(200);
            var pixels = mask[0].sum().item<long>();
            var (rows, columns) = (mask[0].any(dim: 1).sum().item<long>(), mask[0].any(dim: 0).sum().item<long>());
            Assert.Equal(rows * columns, pixels);
            Assert.InRange(pixels, 0.08 * 600, 0.23 * 600);
            Assert.True(mask[1].eq(mask[0]).all().item<bool>());
        }
        using var kept = Augmentation.RandomErasing(p: 0).Apply(full([5, 1, 20, 30], 7, ScalarType.Byte), new Random(1));
        Assert.True(kept.eq(7).all().item<bool>());
    }

    [Fact]
    public void Arguments_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.RandomHorizontalFlip(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.RandomVerticalFlip(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.RandomCrop(padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.RandomRotation(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.RandomAffine(scale: (0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.RandomAffine(translate: (0, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.RandomErasing(area: (0.5, 0.2)));
    }
}
