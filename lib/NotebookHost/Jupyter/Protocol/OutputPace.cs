namespace NotebookHost.Jupyter.Protocol;

/// <summary>
/// Keeps what is published under the limits of Jupyter's server, which drops the rest: 1,000 messages and 1 MB of text a second, both
/// taken over three seconds.
/// </summary>
internal sealed class OutputPace(TimeProvider time)
{
    private const int Messages = 2400;
    private const int Bytes = 2_400_000;

    private static readonly TimeSpan _window = TimeSpan.FromSeconds(3);

    private readonly Queue<(long Time, int Bytes)> _recent = new();
    private int _bytes;

    /// <summary>Notes that something is about to be published.</summary>
    /// <param name="bytes">Its text; what is not text counts as a message only.</param>
    /// <returns>How long to wait before.</returns>
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
