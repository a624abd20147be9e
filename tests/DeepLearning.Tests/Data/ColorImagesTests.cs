using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class ColorImagesTests
{
    private readonly ImageDataset _set = AugmentedLoaderTests.Random(20, 4, 6, channels: 3);

    [Fact]
    public void Batches_samples_and_parts_have_three_channels()
    {
        Assert.Equal((3, 4, 6), (_set.Channels, _set.Height, _set.Width));
        Assert.Equal("random: 20 images of 4x6 in color in 10 classes", _set.ToString());
        Assert.Equal([20, 3, 4, 6], new BatchLoader(_set, 20).Single().Images.shape);
        Assert.Equal([3, 4, 6], _set[3].Image.shape);
        Assert.True(_set[5..7].Images.allclose(_set.Subset([5, 6])[..].Images, 0, 0));
        Assert.Equal(_set.Pixels.Slice(5 * 72, 72).ToArray(), _set.Subset([5]).Pixels.ToArray());
        Assert.Equal([3, 10, 26], _set.Grid(..4, nrow: 3, padding: 1).shape[..1].Concat([10L, 26]));
    }

    [Fact]
    public void Each_channel_is_scaled_by_its_own_mean_and_deviation()
    {
        double[] mean = [0.1, 0.2, 0.3], std = [0.5, 0.25, 2];
        var expected = (_set[..].Images - tensor(mean).to(ScalarType.Float32).reshape(1, 3, 1, 1)) / tensor(std).to(ScalarType.Float32).reshape(1, 3, 1, 1);
        var scale = PixelScale.Normalized(mean, std);
        var plain = new BatchLoader(_set, 20, scale: scale).Single().Images;
        Assert.True(expected.allclose(plain, 1e-6, 1e-6));
        var augmented = new BatchLoader(_set, 20, scale: scale, augment: [Augmentation.RandomAffine()]).Single().Images;
        Assert.Equal(plain.data<float>().ToArray(), augmented.data<float>().ToArray());
        var gathered = new DeviceImages(_set, CPU).Gather([7, 2], scale).Images;
        Assert.Equal(_set.Images([7, 2], scale).data<float>().ToArray(), gathered.data<float>().ToArray());
        var error = Assert.Throws<ArgumentException>(() => new BatchLoader(Images.OfIndices(3), scale: scale));
        Assert.StartsWith("The scale has 3 channels and the images have 1.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PixelScale.Normalized([0.1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelScale.Normalized([0.1, 0.1], [1, 0]));
    }

    [Fact]
    public void Tensors_that_are_not_images_with_labels_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => ImageDataset.Of("x", zeros(3, 2, 2), arange(3)));
        Assert.Throws<ArgumentException>(() => ImageDataset.Of("x", zeros([3, 2, 2], ScalarType.Byte), arange(4)));
        var error = Assert.Throws<ArgumentException>(() => ImageDataset.Of("x", zeros([3, 2, 2], ScalarType.Byte), arange(3), ["a", "b"]));
        Assert.StartsWith("The label 2 is out of range: classes are numbered from 0, and there are 2.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => ImageDataset.Of("x", zeros([1, 2, 2], ScalarType.Byte), tensor([-1L])));
        Assert.StartsWith("The label -1 is out of range: classes are numbered from 0.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => ImageDataset.Of("x", zeros([3, 8, 8, 3], ScalarType.Byte), arange(3)));
        Assert.Contains(".permute(0, 3, 1, 2)", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0", "1", "2"], ImageDataset.Of("x", zeros([3, 2, 2], ScalarType.Byte), arange(3)).ClassNames);
    }
}
