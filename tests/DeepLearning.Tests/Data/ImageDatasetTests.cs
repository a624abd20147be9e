using DeepLearning.Data;
using DeepLearning.Display;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class ImageDatasetTests
{
    private readonly ImageDataset _set = Images.OfIndices(25);

    [Fact]
    public void A_range_gives_images_and_labels()
    {
        var (images, labels) = _set[10..14];
        Assert.Equal([4, 1, 1, 1], images.shape);
        Assert.Equal([10 / 255f, 11 / 255f, 12 / 255f, 13 / 255f], images.data<float>().ToArray());
        Assert.Equal([0L, 1, 2, 3], labels.data<long>().ToArray());
        Assert.Equal(4, _set[^1].Label);
        Assert.Equal(25, _set[..].Labels.shape[0]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _set[20..26]);
        Assert.StartsWith("Small has 25 images; indices start at 0.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Selected_images_are_in_the_requested_order()
    {
        Assert.Equal([7L, 3, 3], _set.Samples([7, 13, 3]).Labels.data<long>().ToArray());
        Assert.Equal([7L, 13, 3], Images.Indices(_set.Subset([7, 13, 3])));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _set.Samples([3, 25]));
        Assert.StartsWith("The indices of Small are 0 to 24.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_counts_equal_those_of_bincount()
    {
        Assert.Equal([3L, 3, 3, 3, 3, 2, 2, 2, 2, 2], _set.ClassCounts);
        Assert.Equal(_set.ClassCounts, _set.Targets.bincount(null, minlength: 10).data<long>().ToArray());
    }

    [Fact]
    public void A_grid_has_a_border_around_each_image()
    {
        using var expected = zeros(3, 5, 7);
        for (var i = 0; i < 6; i++)
            expected[.., 1 + (2 * (i / 3)), 1 + (2 * (i % 3))] = _set[i].Image.flatten();
        using var grid = _set.Grid(..6, nrow: 3, padding: 1);
        Assert.Equal([3, 5, 7], grid.shape);
        Assert.True(expected.allclose(grid, 0, 0));
        Assert.True(expected.allclose(_set.Grid([0, 1, 2, 3, 4, 5], nrow: 3, padding: 1), 0, 0));
    }

    [Fact]
    public void Torchs_loader_accepts_the_data_set()
    {
        var dataset = _set.ToDataset();
        Assert.Equal(25, dataset.Count);
        using var loader = new TorchSharp.Modules.DataLoader(dataset, 10, shuffle: false, num_worker: 0, disposeBatch: false);
        var batch = loader.First();
        Assert.True(_set[..10].Images.allclose(batch["data"], 0, 0));
        Assert.Equal(_set[..10].Labels.data<long>().ToArray(), batch["label"].data<long>().ToArray());
    }

    [Fact]
    public void Torchs_loaders_can_be_used_as_batches()
    {
        using var named = new TorchSharp.Modules.DataLoader(_set.ToDataset(), 10, shuffle: false, num_worker: 0);
        using var listed = new TorchSharp.Modules.IterableDataLoader(DataCsvTests.Small(ones: 3, zeros: 4).ToDataset(), 3, num_worker: 0);
        Assert.Equal((3, 3), (named.AsBatches().Count, listed.AsBatches().Count));
        Assert.Equal([10L, 5], named.AsBatches().Epoch(skip: 1).Select(batch => batch.Targets.shape[0]));
        Assert.Equal([9f, 18f], listed.AsBatches().Epoch(skip: 1).Select(batch => batch.Inputs[0, 0].item<float>()));
        var error = Assert.Throws<KeyNotFoundException>(() => named.AsBatches(inputs: "image").Epoch().First());
        Assert.Equal("A batch has no \"image\"; it has data, label.", error.Message);
    }

    [Fact]
    public void Torchs_dataset_applies_a_transform_to_each_image()
    {
        var dataset = _set.ToDataset(torchvision.transforms.Normalize([0.5], [0.25]));
        Assert.Equal(((10 / 255f) - 0.5f) / 0.25f, dataset.GetTensor(10)["data"].item<float>());
    }

    [Fact]
    public void A_batch_from_a_device_is_bit_equal_to_the_loaders()
    {
        var images = Images.Of([.. Enumerable.Range(0, 256).Select(i => (byte)i)], [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 10))], 2, 2);
        var scale = PixelScale.Normalized(0.1307, 0.3081);
        long[] chosen = [3, 60, 3, 0];
        var there = new DeviceImages(images, CPU).Gather(chosen, scale);
        Assert.Equal([4, 1, 2, 2], there.Images.shape);
        Assert.Equal(images.Images(chosen, scale).data<float>().ToArray(), there.Images.data<float>().ToArray());
        Assert.Equal([3L, 0, 3, 0], there.Labels.data<long>().ToArray());
        Assert.Equal(ScalarType.Int64, there.Labels.dtype);
    }

    [Fact]
    public void Notebooks_show_a_set_in_one_line()
    {
        using var writer = new StringWriter();
        var formatter = Assert.IsType<TypeFormatter<object>>(Assert.Single(new TextFormatterSource().CreateTypeFormatters()));
        Assert.True(formatter.Format(_set.Split([20, 5]), writer));
        Assert.Equal("Small: 20 images of 1x1 in 10 classes\nSmall: 5 images of 1x1 in 10 classes", writer.ToString());
    }

    [Fact]
    public void A_data_set_is_copied_to_a_device_only_once()
    {
        Assert.Same(_set.On(CPU), _set.On(new Device("cpu")));
        var resident = _set.On(CPU);
        resident.Gather([1], PixelScale.ZeroToOne);
        GC.Collect();
        using var scope = NewDisposeScope();
        var before = LiveTensors.OfThisThread;
        using (NewDisposeScope())
            resident.Gather([1, 2], PixelScale.ZeroToOne);
        Assert.Equal(before, LiveTensors.OfThisThread);
        Assert.Equal([2 / 255f], resident.Gather([2], PixelScale.ZeroToOne).Images.data<float>().ToArray());
    }
}
