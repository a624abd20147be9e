using System.Runtime.CompilerServices;
using LibTorch.Tests.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.utils;

namespace LibTorch.Tests.Data;

public sealed class DataLoaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Batches_come_whole_and_in_order(int workers)
    {
        using var loader = data.DataLoader(new Numbers(10), 4, num_worker: workers);
        Assert.Equal(3, loader.Count);
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]], loader.Select(batch => batch["number"].ToArray<long>()));
        Assert.Equal([[4, 2], [4, 2], [2, 2]], loader.Select(batch => batch["noise"].shape));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_batch_sampler_tells_which_samples_make_a_batch(int workers)
    {
        long[][] batches = [[3], [0, 5, 5], [9, 1]];
        using var loader = data.DataLoader(new Numbers(10), batches, num_worker: workers);
        Assert.Equal(3, loader.Count);
        Assert.Equal(batches, loader.Select(batch => batch["number"].ToArray<long>()));
        using var chunked = data.DataLoader(
            data.TensorDataset(arange(10)), data.BatchSampler(data.SequentialSampler(new Numbers(10)), 4, drop_last: true), num_worker: workers);
        Assert.Equal(2, chunked.Count);
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7]], chunked.Select(batch => batch[0].ToArray<long>()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void Order_and_random_transforms_depend_on_the_seed_alone(int workers)
    {
        manual_seed(3);
        using var expected = data.DataLoader(new Numbers(25), 4, shuffle: true, num_worker: 1);
        var first = expected.SelectMany(Contents).ToList();
        Assert.NotEqual(first, expected.SelectMany(Contents));
        manual_seed(3);
        using var loader = data.DataLoader(new Numbers(25, pause: true), 4, shuffle: true, num_worker: workers);
        Assert.Equal(first, loader.SelectMany(Contents));
    }

    [Fact]
    public void A_loop_that_draws_numbers_itself_does_not_change_the_batches()
    {
        manual_seed(3);
        using var loader = data.DataLoader(new Numbers(25), 4, shuffle: true);
        var calm = loader.SelectMany(Contents).ToList();
        manual_seed(3);
        Assert.Equal(calm, loader.SelectMany(batch =>
        {
            rand(5).Dispose();
            return Contents(batch);
        }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_exception_surfaces_in_the_loop_with_the_sample_and_its_cause(int workers)
    {
        var before = LiveTensors.Settle();
        using var loader = data.DataLoader(new Numbers(20, broken: 13), 4, num_worker: workers);
        var seen = 0;
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var batch in loader)
                seen++;
        });
        Assert.Equal(3, seen);
        Assert.Contains("Sample 13 of Numbers", error.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Leaving_a_loop_early_leaves_no_thread_and_no_tensor(int workers)
    {
        var before = LiveTensors.Settle();
        var set = new Numbers(1000);
        using var loader = data.DataLoader(set, 4, num_worker: workers);
        foreach (var batch in loader)
            break;
        Assert.Equal(before, Tensor.TotalCount);
        Assert.InRange(set.Threads.Count, 1, 3);
        Assert.All(set.Threads.Where(thread => thread != Thread.CurrentThread), thread => Assert.False(thread.IsAlive));
    }

    [Fact]
    public void An_abandoned_loops_threads_end_with_its_enumerator()
    {
        var set = new Numbers(1000);
        Abandon(set);
        for (var i = 0; i < 100 && set.Threads.Any(thread => thread.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }
        Assert.All(set.Threads, thread => Assert.False(thread.IsAlive));
    }

    [Fact]
    public void Workers_load_ahead_of_the_loop()
    {
        var set = new Numbers(100);
        using var loader = data.DataLoader(set, 4, num_worker: 2, prefetch: 3);
        using var batches = loader.GetEnumerator();
        Assert.True(batches.MoveNext());
        Assert.True(SpinWait.SpinUntil(() => set.Loaded == 24, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_batch_is_disposed_when_the_loop_goes_on_unless_told_otherwise()
    {
        using var set = new Numbers(8);
        using var loader = data.DataLoader(set, 4, disposeDataset: false);
        Assert.All(loader.ToList(), batch => Assert.True(batch["number"].IsInvalid));
        using var keeping = data.DataLoader(set, 4, disposeBatch: false, disposeDataset: false);
        var kept = keeping.ToList();
        Assert.All(kept, batch => Assert.False(batch["number"].IsInvalid));
        Assert.False(set.IsDisposed);
        kept.ForEach(batch => batch.Values.ToList().ForEach(tensor => tensor.Dispose()));
    }

    [Fact]
    public void A_scope_around_the_loop_does_not_take_its_batches()
    {
        using var loader = data.DataLoader(new Numbers(8), 4, num_worker: 0);
        using var batches = loader.GetEnumerator();
        using (NewDisposeScope())
            batches.MoveNext();
        Assert.False(batches.Current["number"].IsInvalid);
    }

    [Fact]
    public void Disposing_a_loader_disposes_its_dataset()
    {
        var set = new Numbers(8);
        data.DataLoader(set, 4).Dispose();
        Assert.True(set.IsDisposed);
    }

    [Fact]
    public void A_TensorDataset_gives_its_batches_as_lists()
    {
        using var images = rand(10, 2);
        using var labels = arange(10);
        using var loader = data.DataLoader(data.TensorDataset(images, labels), 4, drop_last: true);
        Assert.Equal(2, loader.Count);
        Assert.Equal([[4, 2], [4, 2]], loader.Select(batch => batch[0].shape));
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7]], loader.Select(batch => batch[1].ToArray<long>()));
    }

    [Fact]
    public void A_shuffler_or_sampler_tells_the_order()
    {
        using var loader = data.DataLoader(new Numbers(10), 2, [9, 0, 5]);
        Assert.Equal(2, loader.Count);
        Assert.Equal([9, 0, 5], loader.SelectMany(batch => batch["number"].ToArray<long>()));
        using var set = new Numbers(10);
        Assert.Throws<ArgumentException>(() => data.DataLoader(set, 2, shuffle: true, sampler: [1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_collate_function_makes_batches_of_any_type_and_leaves_nothing(int workers)
    {
        var before = LiveTensors.Settle();
        using (var loader = data.DataLoader(
            new Numbers(10), 3, (samples, device) => (Sum: stack(samples.Select(sample => sample["number"])).sum(), Count: samples.Count()),
            num_worker: workers))
            Assert.Equal([(3, 3), (12, 3), (21, 3), (9, 1)], loader.Select(batch => (batch.Sum.item<long>(), batch.Count)));
        using (var loader = data.DataLoader(new Numbers(10), 3, (samples, _) => new Opaque([.. samples]), num_worker: workers))
            Assert.Equal(10, loader.Sum(batch => batch.Samples.Count(sample => !sample["number"].IsInvalid)));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Samples_that_do_not_go_together_say_which()
    {
        using var loader = data.DataLoader(new Ragged(), 2);
        var error = Assert.Throws<InvalidOperationException>(() => loader.ToList());
        Assert.Contains("samples 0, 1 of Ragged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_dataset_has_no_batches()
    {
        using var loader = data.DataLoader(new Numbers(0), 4, shuffle: true);
        Assert.Equal(0, loader.Count);
        Assert.Empty(loader);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(Numbers set) => data.DataLoader(set, 4, num_worker: 2).GetEnumerator().MoveNext();

    private static List<float> Contents(Dictionary<string, Tensor> batch) =>
        [.. batch["number"].ToArray<long>().Select(number => (float)number), .. batch["noise"].ToArray<float>()];

    private sealed record Opaque(List<Dictionary<string, Tensor>> Samples);

    private sealed class Numbers(long count, long broken = -1, bool pause = false) : data.Dataset
    {
        private readonly HashSet<Thread> _threads = [];
        private int _loaded;

        public HashSet<Thread> Threads => _threads;

        public int Loaded => _loaded;

        public bool IsDisposed { get; private set; }

        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            lock (_threads)
                _threads.Add(Thread.CurrentThread);
            if (index == broken)
                throw new FormatException("not a number");
            if (pause)
                Thread.Sleep((int)(index * 7 % 5));
            Interlocked.Increment(ref _loaded);
            var noise = rand(2).add_(empty(2).normal_()).add_(empty(2).uniform_()).add_(bernoulli(full([2], 0.5f)));
            return new() { ["number"] = tensor(index), ["noise"] = noise };
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class Ragged : data.Dataset
    {
        public override long Count => 4;

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["row"] = ones(index + 1) };
    }
}
