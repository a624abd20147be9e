using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class BatchLoaderTests
{
    // image i is all i, and its label i % 10
    private readonly ImageDataset _set = new(
        "Small", [.. Enumerable.Range(0, 10).Select(i => $"{i}")],
        new IdxFile([25, 2, 2], [.. Enumerable.Range(0, 25).SelectMany(i => Enumerable.Repeat((byte)i, 4))]),
        new IdxFile([25], [.. Enumerable.Range(0, 25).Select(i => (byte)(i % 10))]), isSynthetic: false);

    [Fact]
    public void Every_image_comes_once_with_its_label_and_the_last_batch_is_short()
    {
        var loader = new BatchLoader(_set, batchSize: 10);
        List<long> sizes = [];
        List<int> seen = [];
        foreach (var (images, labels) in loader)
        {
            sizes.Add(images.shape[0]);
            var indices = Indices(images);
            seen.AddRange(indices);
            Assert.Equal(indices.Select(index => index % 10L), labels.data<long>().ToArray());
        }
        Assert.Equal(3, loader.Count);
        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal(Enumerable.Range(0, 25), seen);
    }

    [Fact]
    public void A_short_last_batch_can_be_dropped()
    {
        var loader = new BatchLoader(_set, batchSize: 10, dropLast: true);
        Assert.Equal(2, loader.Count);
        Assert.Equal(20, Epoch(loader).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_order_depends_only_on_the_seed_for_any_number_of_workers(int workers)
    {
        manual_seed(3);
        var expected = Epoch(new BatchLoader(_set, 4, shuffle: true));
        manual_seed(3);
        var actual = Epoch(new BatchLoader(_set, 4, shuffle: true, workers));
        Assert.Equal(expected, actual);
        Assert.Equal(Enumerable.Range(0, 25), actual.Order());
        Assert.NotEqual(Enumerable.Range(0, 25), actual);
    }

    [Fact]
    public void Each_epoch_has_a_new_order()
    {
        var loader = new BatchLoader(_set, 25, shuffle: true);
        Assert.NotEqual(Epoch(loader), Epoch(loader));
    }

    [Fact]
    public void Normalized_pixels_equal_those_of_ToTensor_and_Normalize()
    {
        using var reference = arange(25).@float().div(255f).sub(0.25f).div(0.5f);
        var loader = new BatchLoader(_set, 25, scale: PixelScale.Normalized(0.25, 0.5));
        var images = loader.Single().Images;
        Assert.Equal(reference.data<float>().ToArray(), images[.., 0, 0, 0].data<float>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelScale.Normalized(0, 0));
    }

    [Fact]
    public void A_batch_is_valid_until_the_next_is_requested()
    {
        Tensor? before = null;
        foreach (var (images, _) in new BatchLoader(_set, 10, workers: 1))
        {
            Assert.True(before is null || before.IsInvalid);
            Assert.False(images.IsInvalid);
            before = images;
        }
        Assert.False(new BatchLoader(_set, 10).First().Images.IsInvalid);
    }

    [Fact]
    public void An_epoch_that_ends_early_leaves_no_tensors()
    {
        var loader = new BatchLoader(_set, 5, workers: 3);
        var before = LiveTensors.Settle();
        foreach (var (images, labels) in loader)
        {
            images.Dispose();
            labels.Dispose();
            break;
        }
        // workers dispose of prepared batches after they detect that the consumer has stopped
        SpinWait.SpinUntil(() => Tensor.TotalCount <= before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_transform_that_returns_null_and_targets_that_were_disposed_of_are_named(int workers)
    {
        var images = Images.OfIndices(4);
        var error = Assert.Throws<InvalidOperationException>(() => new BatchLoader(images, 2, workers: workers, transform: _ => null!).First());
        Assert.Contains("returned null", error.Message, StringComparison.Ordinal);
        var targets = zeros(4);
        var loader = new BatchLoader(images, 2, workers: workers, targets: targets);
        targets.Dispose();
        Assert.Contains("targets of BatchLoader were disposed of", Assert.Throws<ObjectDisposedException>(() => loader.First()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_sizes_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(_set, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(_set, 1, workers: -1));
    }

    private static int[] Epoch(BatchLoader loader) => [.. loader.SelectMany(batch => Indices(batch.Images))];

    private static int[] Indices(Tensor images)
    {
        using var corner = images[.., 0, 0, 0];
        return [.. corner.data<float>().ToArray().Select(value => (int)MathF.Round(value * 255))];
    }
}
