using System.Text.Json;
using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

// Expected values: datasets.json, written by datasets.py with PyTorch.
public sealed class ChannelStatisticsTests
{
    private static readonly JsonElement _expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "datasets.json"))).RootElement;

    [Theory]
    [InlineData(0, 7)]
    [InlineData(0, 1)]
    [InlineData(0, 30)]
    [InlineData(1, 8)]
    public void Mean_and_std_equal_PyTorchs_for_any_batch_size(int which, int batchSize)
    {
        var expected = _expected.GetProperty("statistics")[which];
        long[] shape = [.. expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var inputs = (arange(count) * 37 % 251).to(ScalarType.Float64).div(255).reshape(shape);
        inputs.select(1, 1).mul_(3).add_(1000);
        var statistics = ChannelStatistics.Of(new TensorBatches(inputs, zeros(shape[0]), batchSize));
        AssertNear(expected.GetProperty("mean"), statistics.Mean);
        AssertNear(expected.GetProperty("std"), statistics.Std);
        if (shape.Length > 2)
            AssertNear(expected.GetProperty("image std"), statistics.ImageStd);
        else
            Assert.All(statistics.ImageStd, std => Assert.Equal(double.NaN, std));
    }

    [Fact]
    public void A_data_set_of_images_has_one_channel()
    {
        var images = Images.Of([0, 100, 200, 255, 1, 2, 3, 4], [0, 1], 2, 2);
        var statistics = ChannelStatistics.Of(new BatchLoader(images, batchSize: 1));
        Assert.Equal(images.PixelStatistics().Mean, Assert.Single(statistics.Mean), 1e-7);
        Assert.Equal($"mean {statistics.Mean[0]:0.####}, std {statistics.Std[0]:0.####}", statistics.ToString());
    }

    [Fact]
    public void Data_without_channels_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => ChannelStatistics.Of(new TensorBatches(zeros(5), zeros(5))));
    }

    private static void AssertNear(JsonElement expected, IReadOnlyList<double> actual) => Assert.All(
        expected.EnumerateArray().Zip(actual), pair => Assert.Equal(1, pair.Second / pair.First.GetDouble(), 1e-12));
}
