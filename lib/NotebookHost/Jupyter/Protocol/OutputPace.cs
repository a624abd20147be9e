namespace NotebookHost.Jupyter.Protocol;

/// <summary>
/// Limits the rate of messages to the limits of Jupyter's server, which drops messages above them: 1,000 messages and 1 MB of text per second, both
/// measured over three seconds.
/// </summary>
internal sealed class OutputPace(TimeProvider time)
{
    private const int Messages = 2400;
    private const int Bytes = 2_400_000;

    private static readonly TimeSpan _window = TimeSpan.FromSeconds(3);

    private readonly Queue<(long Time, int Bytes)> _recent = new();
    private int _bytes;

    /// <summary>Registers a message before it is published.</summary>
    /// <param name="bytes">The size of its text; 0 for other messages.</param>
    /// <returns>The time to wait before publishing.</returns>
    public TimeSpan Next(int bytes)
    {
        var now = time.GetTimestamp();
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Time, now) >= _window)
            _bytes -= _recent.Dequeue().Bytes;

        var wait = TimeSpan.Zero;
        var (count, total) = (_recent.Count, _bytes);
        foreach (var entry in _recent)
        {
            if (count < Messages && total + bytes <= Bytes)
                break;
            wait = _window - time.GetElapsedTime(entry.Time, now);
            count--;
            total -= entry.Bytes;
        }
        _recent.Enqueue((now + (long)(wait.TotalSeconds * time.TimestampFrequency), bytes));
        _bytes += bytes;
        return wait;
    }
}
