namespace TorchSharp.Extras.Memory;

/// <summary>Determines the interval of the memory watch: 5 milliseconds while memory changes, longer while it does not.</summary>
internal sealed class WatchInterval
{
    private const long Change = 4L << 20;

    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(40);

    private long _last;
    private TimeSpan _pause = _shortest;

    /// <summary>Returns the interval before the next reading.</summary>
    /// <param name="resident">Resident memory now, in bytes.</param>
    public TimeSpan Next(long resident)
    {
        if (Math.Abs(resident - _last) >= Change)
            (_last, _pause) = (resident, _shortest);
        else
            _pause = _pause * 1.25 > _longest ? _longest : _pause * 1.25;
        return _pause;
    }
}
