using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>
/// Restores the order of the events of a session process and of the text that other code wrote to the process's standard output and error.
/// </summary>
/// <remarks>
/// The process writes a mark to both streams before each event. Event n therefore follows the text before the n-th mark of both
/// streams, and precedes the text after it. The order of two texts between the same marks, one on each stream, is not defined.
/// </remarks>
/// <param name="onEvent">A function that receives the events, one call at a time.</param>
/// <param name="onText">A function that receives the text of the streams, one call at a time.</param>
internal sealed class OrderedEvents(Action<SessionEvent> onEvent, Action<ConsoleChannel, string> onText)
{
    private readonly Lock _gate = new();
    private readonly Queue<SessionEvent> _events = new();
    private readonly NativeText[] _streams = [new(ConsoleChannel.Output), new(ConsoleChannel.Error)];
    private long _delivered;
    private bool _hasEnded;

    /// <summary>Adds an event.</summary>
    public void AddEvent(SessionEvent item)
    {
        lock (_gate)
        {
            _events.Enqueue(item);
            Deliver();
        }
    }

    /// <summary>Adds text that was written to one of the streams.</summary>
    public void AddText(ConsoleChannel channel, string text)
    {
        lock (_gate)
        {
            _streams[(int)channel].Waiting.Enqueue(text);
            Deliver();
        }
    }

    /// <summary>Adds a mark of one of the streams.</summary>
    public void AddMark(ConsoleChannel channel)
    {
        lock (_gate)
        {
            _streams[(int)channel].Waiting.Enqueue(null);
            Deliver();
        }
    }

    /// <summary>Completes the input: waiting events and text are delivered.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Deliver();
        }
    }

    private void Deliver()
    {
        do
        {
            foreach (var stream in _streams)
                DeliverText(stream);
        }
        while (TryDeliverEvent());
    }

    /// <summary>Delivers the text up to the mark of the next event.</summary>
    private void DeliverText(NativeText stream)
    {
        while (stream.Marks <= _delivered && stream.Waiting.TryDequeue(out var text))
        {
            if (text is null)
                stream.Marks++;
            else
                onText(stream.Channel, text);
        }
    }

    private bool TryDeliverEvent()
    {
        var isNext = Array.TrueForAll(_streams, stream => stream.Marks > _delivered || (_hasEnded && stream.Waiting.Count == 0));
        if (_events.Count > 0 && isNext)
        {
            _delivered++;
            onEvent(_events.Dequeue());
            return true;
        }
        // the process ended between a mark and its event
        if (!_hasEnded || !Array.Exists(_streams, stream => stream.Waiting.Count > 0))
            return false;
        _delivered++;
        return true;
    }

    /// <summary>The waiting text of one stream; null represents a mark.</summary>
    private sealed class NativeText(ConsoleChannel channel)
    {
        public ConsoleChannel Channel => channel;

        public Queue<string?> Waiting { get; } = new();

        public long Marks { get; set; }
    }
}
