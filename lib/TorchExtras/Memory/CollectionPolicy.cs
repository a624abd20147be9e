namespace TorchSharp.Extras.Memory;

/// <summary>Determines from resident memory when a garbage collection is worthwhile.</summary>
/// <remarks>
/// <para>
/// The limit is the resident memory after the last collection plus half of it, and at least 128 MB more. A program that disposes of its tensors,
/// whose memory does not grow from step to step, therefore has a few collections while it starts and none later. If two collections in a row free
/// little, the limit doubles. One is not enough: the first is often due to the memory of libtorch itself.
/// </para>
/// <para>The limit decreases when the program has needed much less memory for some seconds.</para>
/// </remarks>
/// <param name="resident">Resident memory at the start, in bytes.</param>
internal sealed class CollectionPolicy(long resident)
{
    /// <summary>The minimum growth that triggers a collection, in bytes.</summary>
    public const long LeastGrowth = 128L << 20;

    private static readonly TimeSpan _window = TimeSpan.FromSeconds(4);

    private TimeSpan _windowEnd = _window;
    private long _mostInWindow;
    private bool _hasFreedLittle;

    /// <summary>Gets the resident memory that triggers a collection, in bytes.</summary>
    public long Limit { get; private set; } = LimitAbove(resident, resident / 2);

    /// <summary>Returns whether a collection should run.</summary>
    /// <param name="resident">Resident memory now, in bytes.</param>
    /// <param name="time">The time since the start.</param>
    public bool IsDue(long resident, TimeSpan time)
    {
        _mostInWindow = Math.Max(_mostInWindow, resident);
        if (time >= _windowEnd)
        {
            Limit = Math.Min(Limit, LimitAbove(_mostInWindow, _mostInWindow / 2));
            (_mostInWindow, _windowEnd) = (resident, time + _window);
        }
        return resident >= Limit;
    }

    /// <summary>Sets the next limit.</summary>
    /// <param name="before">Resident memory before the collection, in bytes.</param>
    /// <param name="after">Resident memory after the collection, in bytes.</param>
    public void Collected(long before, long after)
    {
        var freesLittle = before - after < LeastGrowth / 4;
        Limit = LimitAbove(after, freesLittle && _hasFreedLittle ? after : after / 2);
        (_hasFreedLittle, _mostInWindow) = (freesLittle, after);
    }

    private static long LimitAbove(long resident, long growth) => resident + Math.Max(LeastGrowth, growth);
}
