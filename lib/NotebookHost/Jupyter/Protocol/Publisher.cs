using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>
/// Publishes status and outputs from a separate thread. Consecutive texts are joined, and updates that are followed by another update are skipped,
/// so that a front end does not receive more messages than it can show.
/// </summary>
internal sealed class Publisher : IDisposable
{
    private const int LongestText = 128 * 1024;

    // a cell that writes faster than the limit waits, as with a pipe
    private const int MaxWaitingText = 8 * LongestText;

    // long enough for a loop to write many lines, too short to be noticed
    private static readonly TimeSpan _gathering = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan _shutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly LinkedList<Item> _waiting = [];
    private readonly ManualResetEventSlim _closing = new();
    private readonly OutputPace _pace;
    private readonly Action<IReadOnlyList<byte[]>> _publish;
    private readonly WireFormat _wire;
    private readonly string _session;
    private readonly Thread _thread;
    private int _waitingText;
    private int _flushes;
    private long _issued;
    private long _sent;

    /// <param name="publish">A function that sends a message to all front ends.</param>
    /// <param name="wire">The wire format, which signs messages.</param>
    /// <param name="session">The id of the kernel's session, which is part of every message.</param>
    /// <param name="time">The clock for the rate limit.</param>
    public Publisher(Action<IReadOnlyList<byte[]>> publish, WireFormat wire, string session, TimeProvider time)
    {
        _publish = publish;
        _wire = wire;
        _session = session;
        _pace = new OutputPace(time);
        _thread = new Thread(Work) { IsBackground = true, Name = "jupyter iopub" };
        _thread.Start();
    }

    /// <summary>Publishes a message.</summary>
    public void Send(string type, JsonObject content, JupyterMessage? parent)
    {
        lock (_gate)
            Enqueue(new Item(type, parent, content));
    }

    /// <summary>Publishes the state of the kernel: "starting", "busy" or "idle".</summary>
    public void Status(string state, JupyterMessage? parent) => Send("status", new JsonObject { ["execution_state"] = state }, parent);

    /// <summary>Publishes text of "stdout" or "stderr".</summary>
    public void Text(string stream, string text, JupyterMessage parent)
    {
        lock (_gate)
        {
            for (var start = 0; start < text.Length;)
            {
                var end = Math.Min(start + LongestText, text.Length);
                if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                    end--;
                TextPart(stream, text.AsSpan(start, end - start), parent);
                start = end;
            }
        }
    }

    /// <summary>Publishes an update of the output with an id.</summary>
    public void Update(string displayId, JsonObject content, JupyterMessage parent)
    {
        lock (_gate)
        {
            for (var node = _waiting.First; node is not null; node = node.Next)
            {
                if (node.Value is { Type: "update_display_data" } update && update.Key == displayId)
                {
                    _waiting.Remove(node);
                    break;
                }
            }
            Enqueue(new Item("update_display_data", parent, content, displayId));
        }
    }

    /// <summary>Waits until all messages are sent.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            var last = _issued;
            _flushes++;
            Monitor.PulseAll(_gate);
            while (_sent < last && _thread.IsAlive)
                Monitor.Wait(_gate, _gathering);
            _flushes--;
        }
    }

    /// <summary>Sends pending messages; later messages are ignored.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing.Set();
            Monitor.PulseAll(_gate);
        }
        if (_thread.Join(_shutdownTimeout))
            _closing.Dispose();
    }

    private void TextPart(string stream, ReadOnlySpan<char> text, JupyterMessage parent)
    {
        while (_waitingText > MaxWaitingText && !_closing.IsSet)
            Monitor.Wait(_gate);
        _waitingText += text.Length;
        var last = _waiting.Last?.Value;
        if (last?.Text is { Length: < LongestText } open && last.Key == stream && ReferenceEquals(last.Parent, parent))
            open.Append(text);
        else
            Enqueue(new Item("stream", parent, Content: null, stream, new StringBuilder().Append(text)));
    }

    private void Enqueue(Item item)
    {
        if (_closing.IsSet)
            return;
        item.Ticket = ++_issued;
        _waiting.AddLast(item);
        Monitor.PulseAll(_gate);
    }

    private void Work()
    {
        while (Take() is { } item)
        {
            var content = item.Content ?? new JsonObject { ["name"] = item.Key, ["text"] = item.Text!.ToString() };
            var topic = Encoding.ASCII.GetBytes($"kernel.{_session}.{item.Type}");
            var frames = _wire.Encode(JupyterMessage.Create(item.Type, content, _session, item.Parent, [topic]));
            // at the end, the kernel ignores the rate limit
            _closing.Wait(_pace.Next(item.Text is null ? 0 : frames.Sum(frame => frame.Length)));
            _publish(frames);
            lock (_gate)
            {
                _sent = item.Ticket;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits for the next item; null at the end.</summary>
    private Item? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closing.IsSet)
                Monitor.Wait(_gate);
            if (_waiting.Count == 1 && _waiting.First!.Value.Text is not null && _flushes == 0 && !_closing.IsSet)
                Monitor.Wait(_gate, _gathering);
            if (_waiting.First is not { } first)
                return null;
            _waiting.RemoveFirst();
            _waitingText -= first.Value.Text?.Length ?? 0;
            return first.Value;
        }
    }

    /// <param name="Type">The type of the message.</param>
    /// <param name="Parent">The request that caused the message.</param>
    /// <param name="Content">The content; null for text, to which more text can be appended.</param>
    /// <param name="Key">The stream of a text, or the id of an update.</param>
    /// <param name="Text">The text so far.</param>
    private sealed record Item(string Type, JupyterMessage? Parent, JsonObject? Content, string? Key = null, StringBuilder? Text = null)
    {
        public long Ticket { get; set; }
    }
}
