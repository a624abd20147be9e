using System.Text.Json;
using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

// Expected values: datasets.json, written by datasets.py with PyTorch.
public sealed class SplitTests
{
    private static readonly JsonElement _expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "datasets.json"))).RootElement;

    [Fact]
    public void Parts_equal_those_of_PyTorchs_random_split()
    {
        foreach (var split in _expected.GetProperty("splits").EnumerateArray())
        {
            var set = Images.OfIndices(split.GetProperty("count").GetInt32());
            var parts = set.Split(Numbers(split.GetProperty("lengths")), split.GetProperty("seed").GetInt64());
            Assert.Equal(split.GetProperty("parts").EnumerateArray().Select(Numbers), parts.Select(Images.Indices));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_are_disjoint_and_complete(bool stratified)
    {
        var set = Images.OfIndices(103);
        var (train, validation, test) = set.Split([0.7, 0.2, 0.1], seed: 5, stratified);
        Assert.Equal((73, 20, 10), (train.Count, validation.Count, test.Count));
        Assert.Equal(Enumerable.Range(0, 103).Select(i => (long)i), new[] { train, validation, test }.SelectMany(Images.Indices).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_parts_depend_only_on_the_seed(bool stratified)
    {
        var set = Images.OfIndices(50);
        Assert.Equal(First(seed: 1), First(seed: 1));
        Assert.NotEqual(First(seed: 1), First(seed: 2));

        IEnumerable<long> First(long seed) => Images.Indices(set.Split([0.5, 0.5], seed, stratified)[0]);
    }

    [Fact]
    public void Images_keep_their_labels()
    {
        var (first, _) = Images.OfIndices(50).Split([0.5, 0.5]);
        Assert.Equal(Images.Indices(first).Select(index => (byte)(index % 10)), first.Labels.ToArray());
    }

    [Fact]
    public void A_stratified_part_has_its_share_of_every_class_in_random_order()
    {
        // 1,000 images of which 600 are of class 0, 300 of class 1 and 100 of class 2
        byte[] labels = [.. Enumerable.Repeat<byte>(0, 600), .. Enumerable.Repeat<byte>(1, 300), .. Enumerable.Repeat<byte>(2, 100)];
        var set = Images.Of(new byte[1000], labels);
        var (train, validation, test) = set.Split([0.8, 0.15, 0.05], seed: 3, stratified: true);
        Assert.Equal([480, 240, 80], train.ClassCounts.Take(3));
        Assert.Equal([90, 45, 15], validation.ClassCounts.Take(3));
        Assert.Equal([30, 15, 5], test.ClassCounts.Take(3));
        Assert.NotEqual(train.Labels.ToArray().Order(), train.Labels.ToArray());
    }

    [Fact]
    public void A_table_is_stratified_by_its_label()
    {
        var table = DataCsvTests.Small(ones: 20, zeros: 80);
        var (first, second) = table.Split([0.5, 0.5], stratified: true);
        Assert.Equal((10f, 10f), (first.Y.sum().item<float>(), second.Y.sum().item<float>()));
        var regression = new TableData("r", rand(4, 1), rand(4, 1), ["x"], ["y"]);
        Assert.StartsWith("y has values that are not classes", Assert.Throws<InvalidOperationException>(
            () => regression.Split([0.5, 0.5], stratified: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fractions_that_do_not_add_up_to_1_are_rejected()
    {
        var set = Images.OfIndices(10);
        Assert.StartsWith(
            "The fractions 0.5 + 0.6 do not add up to 1.", Assert.Throws<ArgumentException>(() => set.Split([0.5, 0.6])).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The lengths 5 + 6 do not add up to the 10 samples.", Assert.Throws<ArgumentException>(() => set.Split([5, 6])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Deconstruction_needs_the_right_number_of_parts()
    {
        var parts = Images.OfIndices(10).Split([5, 3, 2]);
        Assert.Throws<InvalidOperationException>(() => (_, _) = parts);
    }

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt64())];
}
