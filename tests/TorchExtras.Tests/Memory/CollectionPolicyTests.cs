using TorchSharp.Extras.Memory;

namespace TorchSharp.Extras.Tests.Memory;

public sealed class CollectionPolicyTests
{
    private const long Megabyte = 1 << 20;
    private const long Gigabyte = 1 << 30;

    private readonly CollectionPolicy _policy = new(200 * Megabyte);

    [Fact]
    public void Growth_by_128_MB_triggers_a_collection()
    {
        Assert.False(_policy.IsDue(327 * Megabyte, TimeSpan.Zero));
        Assert.True(_policy.IsDue(328 * Megabyte, TimeSpan.Zero));
    }

    [Fact]
    public void A_large_program_may_grow_by_half()
    {
        _policy.Collected(4 * Gigabyte, 2 * Gigabyte);
        Assert.False(_policy.IsDue((3 * Gigabyte) - 1, TimeSpan.Zero));
        Assert.True(_policy.IsDue(3 * Gigabyte, TimeSpan.Zero));
    }

    [Fact]
    public void Two_collections_in_a_row_that_free_little_double_the_limit()
    {
        _policy.Collected(2 * Gigabyte, 2 * Gigabyte);
        Assert.Equal(3 * Gigabyte, _policy.Limit);
        _policy.Collected(3 * Gigabyte, 3 * Gigabyte);
        Assert.Equal(6 * Gigabyte, _policy.Limit);
    }

    [Fact]
    public void A_collection_that_frees_much_between_two_others_keeps_the_limit_near()
    {
        _policy.Collected(2 * Gigabyte, 2 * Gigabyte);
        _policy.Collected(3 * Gigabyte, 2 * Gigabyte);
        _policy.Collected(3 * Gigabyte, 3 * Gigabyte);
        Assert.Equal(4.5 * Gigabyte, _policy.Limit);
    }

    [Fact]
    public void A_step_that_grows_and_shrinks_no_longer_triggers_collections()
    {
        var collections = 0;
        for (var time = TimeSpan.Zero; time < TimeSpan.FromMinutes(1); time += TimeSpan.FromMilliseconds(50))
        {
            // every other reading is the peak of a step, which cannot be freed
            var resident = time.Ticks / TimeSpan.TicksPerMillisecond % 100 == 0 ? 300 * Megabyte : 2 * Gigabyte;
            if (!_policy.IsDue(resident, time))
                continue;
            collections++;
            _policy.Collected(resident, resident);
        }
        Assert.Equal(1, collections);
    }

    [Fact]
    public void The_limit_decreases_when_less_memory_is_needed()
    {
        _policy.Collected(6 * Gigabyte, 4 * Gigabyte);
        for (var time = TimeSpan.Zero; time < TimeSpan.FromSeconds(20); time += TimeSpan.FromSeconds(1))
            Assert.False(_policy.IsDue(300 * Megabyte, time));
        Assert.True(_policy.IsDue(450 * Megabyte, TimeSpan.FromSeconds(20)));
    }
}
