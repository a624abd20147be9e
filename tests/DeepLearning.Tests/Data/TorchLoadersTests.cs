using DeepLearning.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class TorchLoadersTests
{
    private readonly ImageDataset _images = Images.OfIndices(25);
    private readonly TableData _table = DataCsvTests.Small(ones: 3, zeros: 4);

    /// <summary>All sources of batches, with 7 samples in batches of 3.</summary>
    public static TheoryData<string> Sources => ["BatchLoader", "TensorBatches", "TableData", "Dataset", "IterableDataset", "DataLoader", "IterableDataLoader"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_first_and_the_last_batch_are_valid_after_the_loop(string source)
    {
        var first = Batches(source).Epoch().First();
        Assert.Equal((3, 3), (first.Inputs.shape[0], first.Targets.shape[0]));
        var last = Batches(source).Epoch().Last();
        Assert.Equal((1, 1), (last.Inputs.shape[0], last.Targets.shape[0]));
        Assert.False(double.IsNaN((first.Inputs.sum() + last.Inputs.sum()).ToDouble()));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_batch_is_disposed_of_when_the_next_one_is_returned(string source)
    {
        Tensor? before = null;
        foreach (var (inputs, _) in Batches(source).Epoch())
        {
            Assert.True(before is null || before.IsInvalid);
            before = inputs;
        }
        Assert.False(before!.IsInvalid);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_smaller_last_batch_can_be_dropped(string source)
    {
        Assert.Equal([3L, 3, 1], Batches(source).Epoch().Select(batch => batch.Inputs.shape[0]));
        var dropped = Batches(source, dropLast: true);
        Assert.Equal(2, dropped.Count);
        Assert.Equal([3L, 3], dropped.Epoch().Select(batch => batch.Inputs.shape[0]));
        Assert.Equal([3L], dropped.Epoch(skip: 1).Select(batch => batch.Inputs.shape[0]));
    }

    [Theory]
    [InlineData("BatchLoader")]
    [InlineData("TensorBatches")]
    [InlineData("TableData")]
    [InlineData("Dataset")]
    [InlineData("IterableDataset")]
    public void The_order_follows_the_seed(string source)
    {
        manual_seed(1);
        var order = Order(Batches(source, shuffle: true));
        manual_seed(1);
        Assert.Equal(order, Order(Batches(source, shuffle: true)));
        Assert.NotEqual(order, Order(Batches(source, shuffle: true)));
        manual_seed(1);
        Assert.Equal(order[3..], Batches(source, shuffle: true).Epoch(skip: 1).SelectMany(Inputs));
        // the same samples as randperm names
        manual_seed(1);
        var drawn = randperm(7).data<long>().ToArray();
        var plain = Order(Batches(source));
        Assert.Equal(drawn.Select(index => plain[index]), order);
    }

    [Fact]
    public void TorchSharps_loader_follows_the_seed_with_a_sampler()
    {
        using var loader = new DataLoader(_images.ToDataset(), 10, utils.data.RandomSampler(25), num_worker: 0);
        manual_seed(1);
        var order = Order(loader.AsBatches());
        manual_seed(1);
        Assert.Equal(order, Order(loader.AsBatches()));
    }

    [Fact]
    public void A_sampler_determines_the_order_and_the_number_of_samples()
    {
        double[] weights = [.. Enumerable.Range(0, 25).Select(i => i is 3 or 4 ? 1.0 : 0)];
        var loader = new BatchLoader(_images, 10, sampler: utils.data.WeightedRandomSampler(weights, 45));
        Assert.Equal(5, loader.Count);
        var drawn = loader.SelectMany(batch => batch.Labels.data<long>().ToArray()).ToArray();
        Assert.Equal(45, drawn.Length);
        Assert.Equal([3L, 4], drawn.Distinct().Order());
        Assert.Equal(4, new BatchLoader(_images, 10, dropLast: true, sampler: utils.data.WeightedRandomSampler(weights, 45)).Count);
        var rows = _table.Batches(2, sampler: utils.data.SubsetRandomSampler([0L, 1])).Epoch().First();
        Assert.Equal([1f, 1f], rows.Targets.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => new BatchLoader(_images, 10, shuffle: true, sampler: utils.data.SequentialSampler(5)));
        var error = Assert.Throws<InvalidOperationException>(() => new BatchLoader(_images, 10, sampler: utils.data.SequentialSampler(26)).First());
        Assert.Equal("The sampler returned the index 25; valid indices are 0 to 24.", error.Message);
    }

    [Fact]
    public void Balanced_weights_equal_those_of_scikit_learn()
    {
        // compute_sample_weight("balanced", [0, 0, 0, 1, 4, 4])
        Assert.Equal([2 / 3.0, 2 / 3.0, 2 / 3.0, 2, 1, 1], SampleWeights.Balanced([0, 0, 0, 1, 4, 4]));
        Assert.Equal(25, SampleWeights.Balanced(_images.Classes()).Length);
        Assert.Throws<ArgumentException>(() => SampleWeights.Balanced([]));
    }

    [Fact]
    public void A_transform_that_returns_its_input_leaves_the_sample_valid()
    {
        var never = _images.ToDataset(torchvision.transforms.Randomize(torchvision.transforms.HorizontalFlip(), 0));
        var sometimes = _images.ToDataset(torchvision.transforms.Randomize(torchvision.transforms.HorizontalFlip(), 0.5));
        var same = _images.ToDataset(new Same());
        foreach (var dataset in new[] { never, sometimes, same })
        {
            for (var i = 0; i < 25; i++)
                Assert.Equal(i / 255f, dataset.GetTensor(i)["data"].item<float>());
        }
    }

    [Fact]
    public void A_transform_accepts_one_image_or_a_batch()
    {
        var normalize = torchvision.transforms.Normalize([0.5], [0.25]);
        var (image, _) = _images[10];
        using var normalized = normalize.Transformed(image);
        Assert.Equal([1, 1, 1], normalized.shape);
        Assert.Equal(((10 / 255f) - 0.5f) / 0.25f, normalized.item<float>(), 1e-6f);
        Assert.Equal([25, 1, 1, 1], normalize.Transformed(_images[..].Images).shape);
        using var same = new Same().Transformed(image);
        same.Dispose();
        Assert.False(image.IsInvalid);
        Assert.Throws<ArgumentException>(() => normalize.Transformed(zeros(2)));
    }

    private IBatches Batches(string source, bool shuffle = false, bool dropLast = false)
    {
        var seven = _images.Subset(Enumerable.Range(0, 7));
        return source switch
        {
            "BatchLoader" => new BatchLoader(seven, 3, shuffle, dropLast: dropLast),
            "TensorBatches" => new TensorBatches(_table.X, _table.Y, 3, shuffle, dropLast),
            "TableData" => _table.Batches(3, shuffle, dropLast),
            "Dataset" => seven.ToDataset().AsBatches(3, shuffle, dropLast),
            "IterableDataset" => _table.ToDataset().AsBatches(3, shuffle, dropLast),
            "DataLoader" => utils.data.DataLoader(seven.ToDataset(), 3, shuffle, drop_last: dropLast).AsBatches(),
            _ => utils.data.DataLoader(_table.ToDataset(), 3, shuffle, drop_last: dropLast).AsBatches(),
        };
    }

    private static float[] Order(IBatches batches) => [.. batches.Epoch().SelectMany(Inputs)];

    /// <summary>Returns the first value of each sample.</summary>
    private static float[] Inputs((Tensor Inputs, Tensor Targets) batch) => batch.Inputs.flatten(1)[.., 0].data<float>().ToArray();

    private sealed class Same : torchvision.ITransform
    {
        public Tensor call(Tensor input) => input;
    }
}
