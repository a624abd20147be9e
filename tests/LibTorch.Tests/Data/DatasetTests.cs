using LibTorch.Tests.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.utils;

namespace LibTorch.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void A_TensorDataset_gives_the_rows_of_its_tensors()
    {
        using var images = arange(6).reshape(3, 2);
        using var labels = tensor(new long[] { 7, 8, 9 });
        using var set = data.TensorDataset(images, labels);
        Assert.Equal(3, set.Count);
        Assert.Equal([4, 5], set[2][0].ToArray<long>());
        Assert.Equal(9, set.GetTensor(2)[1].item<long>());
    }

    [Fact]
    public void Disposing_a_TensorDataset_leaves_the_tensors_it_was_made_of()
    {
        using var rows = ones(3);
        var before = LiveTensors.Settle();
        data.TensorDataset(rows).Dispose();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.False(rows.IsInvalid);
    }

    [Fact]
    public void Tensors_of_different_lengths_are_refused()
    {
        using var three = ones(3);
        using var two = ones(2, 2);
        var error = Assert.Throws<ArgumentException>(() => data.TensorDataset(three, two));
        Assert.Contains("[3] and [2x2]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => data.TensorDataset());
    }

    [Fact]
    public void A_Subset_has_the_samples_named()
    {
        using var set = data.TensorDataset(arange(10));
        var subset = data.Subset(set, [9, 0, 4]);
        Assert.Equal([9, 0, 4], Values(subset));
        subset.Dispose();
        Assert.Equal(10, set.Count);
    }

    [Fact]
    public void A_ConcatDataset_goes_through_one_dataset_after_the_other()
    {
        using var first = data.TensorDataset(arange(2));
        using var second = data.TensorDataset(arange(0));
        using var third = data.TensorDataset(arange(10, 13));
        using var all = data.ConcatDataset(first, second, third);
        Assert.Equal([0, 1, 10, 11, 12], Values(all));
        Assert.Equal([2, 2, 5], all.cumulative_sizes);
        Assert.Throws<ArgumentOutOfRangeException>(() => all.GetTensor(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => all.GetTensor(-1));
    }

    [Fact]
    public void A_split_takes_every_sample_once()
    {
        using var set = data.TensorDataset(arange(10));
        var parts = data.random_split(set, [0.85, 0.15]);
        Assert.Equal([9, 1], parts.Select(part => part.Count));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), parts.SelectMany(Values).Order());
    }

    [Fact]
    public void A_split_that_does_not_add_up_is_refused()
    {
        using var set = data.TensorDataset(arange(10));
        Assert.Contains("8 + 1", Assert.Throws<ArgumentException>(() => data.random_split(set, [8, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => data.random_split(set, [0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => data.random_split(set, [11, -1]));
    }

    [Fact]
    public void Batches_of_an_order_keep_or_drop_the_last()
    {
        using var set = data.TensorDataset(arange(5));
        var kept = data.BatchSampler(data.SequentialSampler(set), 2, drop_last: false);
        Assert.Equal([[0, 1], [2, 3], [4]], kept);
        Assert.Equal(3, kept.Count);
        var dropped = data.BatchSampler(data.SequentialSampler(set), 2, drop_last: true);
        Assert.Equal([[0, 1], [2, 3]], dropped);
        Assert.Equal(2, dropped.Count);
    }

    [Fact]
    public void Samplers_that_cannot_work_are_refused()
    {
        using var set = data.TensorDataset(arange(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.RandomSampler(set, num_samples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.BatchSampler([], 0, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.DistributedSampler(set, 2, 2));
        Assert.Contains("WORLD_SIZE", Assert.Throws<ArgumentException>(() => data.DistributedSampler(set)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<long> Values(data.Dataset<IList<Tensor>> set)
    {
        for (long i = 0; i < set.Count; i++)
            yield return set.GetTensor(i)[0].item<long>();
    }
}
