using static TorchSharp.torch;
using static TorchSharp.torch.utils;

namespace TorchSharp.Extras.Tests.Data;

public sealed class DatasetSplitTests
{
    [Fact]
    public void A_Subset_has_the_given_samples()
    {
        using var set = data.TensorDataset(arange(10));
        var subset = data.Subset(set, [9, 0, 4]);
        Assert.Equal([9, 0, 4], Values(subset));
        subset.Dispose();
        Assert.Equal(10, set.Count);
    }

    [Fact]
    public void A_split_has_every_sample_once()
    {
        using var set = data.TensorDataset(arange(10));
        var parts = data.random_split(set, [0.85, 0.15]);
        Assert.Equal([9, 1], parts.Select(part => part.Count));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), parts.SelectMany(Values).Order());
    }

    // the expected indices were drawn by PyTorch: torch.utils.data.random_split(range(10), [7, 3], torch.Generator().manual_seed(42))
    [Fact]
    public void A_split_equals_PyTorchs_for_the_same_seed()
    {
        using var set = data.TensorDataset(arange(10));
        using var generator = new Generator(42);
        var parts = data.random_split(set, [7, 3], generator);
        Assert.Equal([2, 6, 1, 8, 4, 5, 0], parts[0].indices);
        Assert.Equal([9, 3, 7], parts[1].indices);
    }

    // torch.utils.data.random_split(range(11), [0.3, 0.3, 0.4], torch.Generator().manual_seed(42))
    [Fact]
    public void A_split_by_fractions_equals_PyTorchs_for_the_same_seed()
    {
        using var set = data.TensorDataset(arange(11));
        using var generator = new Generator(42);
        var parts = data.random_split(set, [0.3, 0.3, 0.4], generator);
        Assert.Equal([6, 8, 9, 2], parts[0].indices);
        Assert.Equal([1, 10, 0], parts[1].indices);
        Assert.Equal([7, 3, 5, 4], parts[2].indices);
    }

    [Fact]
    public void TorchSharps_loader_accepts_the_parts()
    {
        using var set = new Named();
        manual_seed(1);
        var parts = data.random_split(set, [4, 2]);
        using var loader = data.DataLoader(parts[0], 3, shuffle: false);
        Assert.Equal([3, 1], loader.Select(batch => batch["x"].shape[0]));
    }

    [Fact]
    public void A_split_that_does_not_add_up_is_rejected()
    {
        using var set = data.TensorDataset(arange(10));
        Assert.Contains("8 + 1", Assert.Throws<ArgumentException>(() => data.random_split(set, [8, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => data.random_split(set, [0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => data.random_split(set, [11, -1]));
    }

    private static IEnumerable<long> Values(data.Dataset<IList<Tensor>> set)
    {
        for (long i = 0; i < set.Count; i++)
            yield return set.GetTensor(i)[0].item<long>();
    }

    private sealed class Named : data.Dataset
    {
        public override long Count => 6;

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["x"] = tensor(index) };
    }
}
