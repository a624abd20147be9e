using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class DatasetSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("given/mnist", ".gz")]
    [InlineData("given/mnist", "")]
    [InlineData("given/MNIST/raw", "")]
    [InlineData("cache/mnist", ".gz")]
    public void Files_are_found_in_both_layouts(string place, string ending)
    {
        WriteSmallSet(place, ending);
        var set = Mnist.Load(train: true, Options());
        Assert.Equal(2, set.Count);
        Assert.False(set.IsSynthetic);
        Assert.Empty(_said);
    }

    [Fact]
    public void The_folder_given_comes_before_the_cache()
    {
        WriteSmallSet("cache/mnist", ".gz", label: 1);
        WriteSmallSet("given/mnist", ".gz", label: 2);
        Assert.Equal(2, Mnist.Load(train: true, Options()).Labels[0]);
    }

    [Fact]
    public void An_incomplete_data_set_is_not_used()
    {
        WriteSmallSet("given/mnist", ".gz", label: 2);
        File.Delete(_folder["given/mnist/train-labels-idx1-ubyte.gz"]);
        WriteSmallSet("cache/mnist", ".gz", label: 1);
        Assert.Equal(1, Mnist.Load(train: true, Options()).Labels[0]);
    }

    [Fact]
    public void A_missing_folder_is_reported()
    {
        WriteSmallSet("cache/mnist", ".gz");
        Mnist.Load(train: true, Options() with { Folder = _folder["nowhere"] });
        Mnist.Load(train: false, Options() with { Folder = _folder["nowhere"] });
        Assert.Contains(_said, line => line.Contains("nowhere, which is not a folder", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_data_synthetic_images_are_generated_and_reported_in_one_line()
    {
        var options = Options() with { Folder = null };
        var set = FashionMnist.Load(train: false, options);
        Assert.True(set.IsSynthetic);
        Assert.Equal(10_000, set.Count);
        Assert.Equal((28, 28), (set.Height, set.Width));
        Assert.Equal(
            ["Fashion-MNIST's test set was not found: synthetic images are used instead. Accuracies differ from those on the real images."], _said);
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(1000, set.Labels.ToArray().Count(one => one == label)));
        var again = FashionMnist.Load(train: false, options);
        Assert.True(set.Pixels.SequenceEqual(again.Pixels));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Synthetic_images_are_the_same_on_every_machine(bool fashion)
    {
        using var elsewhere = new TemporaryFolder();
        var here = Load(Options());
        var there = Load(Options() with { Cache = elsewhere.Path });
        Assert.True(here.Pixels.SequenceEqual(there.Pixels));
        Assert.True(here.Labels.SequenceEqual(there.Labels));

        ImageDataset Load(DatasetOptions options) => fashion ? FashionMnist.Load(train: false, options) : Mnist.Load(train: false, options);
    }

    [Fact]
    public void Synthetic_images_can_be_classified_but_not_by_their_mean()
    {
        var set = Mnist.Load(train: false, Options());
        manual_seed(1);
        using var network = nn.Sequential(nn.Flatten(), nn.Linear(784, 10));
        using var optimizer = optim.Adam(network.parameters(), 0.01);
        foreach (var (images, labels) in new BatchLoader(set, 100, shuffle: true))
        {
            using var loss = nn.functional.cross_entropy(network.call(images), labels);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
        Assert.InRange(DeepLearning.Training.Evaluator.Measure(network, new BatchLoader(set, 1000))["accuracy"], 0.6, 1);
    }

    [Fact]
    public void Labels_out_of_range_are_rejected()
    {
        WriteSmallSet("given/mnist", ".gz", label: 10);
        var error = Assert.Throws<InvalidDataException>(() => Mnist.Load(train: true, Options()));
        Assert.Equal("MNIST has the label 10; its classes are 0 to 9.", error.Message);
    }

    [Fact]
    public void An_image_is_scaled_like_ToTensor()
    {
        WriteSmallSet("given/mnist", ".gz", label: 3);
        var set = Mnist.Load(train: true, Options());
        var (image, label) = set[1];
        Assert.Equal(3, label);
        Assert.Equal([1, 2, 2], image.shape);
        Assert.Equal([4 / 255f, 5 / 255f, 6 / 255f, 1f], image.data<float>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => set[2]);
    }

    [Fact]
    public void Pixel_statistics_are_those_of_the_pixels()
    {
        WriteSmallSet("given/mnist", ".gz");
        var (mean, std) = Mnist.Load(train: true, Options()).PixelStatistics();
        double[] pixels = [.. new double[] { 0, 1, 2, 3, 4, 5, 6, 255 }.Select(pixel => pixel / 255)];
        Assert.Equal(pixels.Average(), mean, 1e-12);
        Assert.Equal(Math.Sqrt(pixels.Average(pixel => Math.Pow(pixel - pixels.Average(), 2))), std, 1e-12);
    }

    private DatasetOptions Options() => new()
    {
        Folder = _folder["given"],
        Cache = _folder["cache"],
        Download = false,
        Report = _said.Add,
    };

    private void WriteSmallSet(string place, string ending, byte label = 0)
    {
        Directory.CreateDirectory(_folder["given"]);
        Directory.CreateDirectory(_folder[place]);
        Write("train-images-idx3-ubyte", new IdxFile([2, 2, 2], [0, 1, 2, 3, 4, 5, 6, 255]));
        Write("train-labels-idx1-ubyte", new IdxFile([2], [label, label]));

        void Write(string name, IdxFile content)
        {
            using var file = File.Create(Path.Combine(_folder[place], name + ending));
            if (ending.Length > 0)
            {
                content.Write(file);
                return;
            }
            file.Write([0, 0, 8, (byte)content.Sizes.Count]);
            foreach (var size in content.Sizes)
                file.Write([0, 0, 0, (byte)size]);
            file.Write(content.Elements);
        }
    }
}
