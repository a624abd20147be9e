using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>
/// Publishes status and outputs from a thread of its own. Text in a row is joined, and an update that is followed by another is left out,
/// so that a front end gets no more than it can show, whatever a cell does.
/// </summary>
internal sealed class Publisher : IDisposable
{
    private const int LongestText = 128 * 1024;

    // a cell that writes faster than front ends may be told waits, as it would at a pipe
    private const int MostWaitingText = 8 * LongestText;

    // long enough for a loop to write many lines, too short to be seen
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

    /// <param name="publish">Sends a message to all front ends.</param>
    /// <param name="wire">Signs the messages.</param>
    /// <param name="session">The kernel's session, which every message names.</param>
    /// <param name="time">What time it is, for the pace.</param>
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

    /// <summary>Tells what the kernel is doing: "starting", "busy", "idle".</summary>
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

    /// <summary>Publishes a change of what was displayed under the id.</summary>
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

    /// <summary>Waits until all that was handed over is on its way.</summary>
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

    /// <summary>Sends what waits; what comes later is dropped.</summary>
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
        while (_waitingText > MostWaitingText && !_closing.IsSet)
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
            // the kernel does not wait for the pace when it ends
            _closing.Wait(_pace.Next(item.Text is null ? 0 : frames.Sum(frame => frame.Length)));
            _publish(frames);
            lock (_gate)
            {
                _sent = item.Ticket;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits for the next item; null when there will be none.</summary>
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

    /// <param name="Type">The message's type.</param>
    /// <param name="Parent">The request that led to it.</param>
    /// <param name="Content">What it says; null for text, which may still grow.</param>
    /// <param name="Key">The stream of a text, the display of an update.</param>
    /// <param name="Text">The text so far.</param>
    private sealed record Item(string Type, JupyterMessage? Parent, JsonObject? Content, string? Key = null, StringBuilder? Text = null)
    {
        public long Ticket { get; set; }
    }
}
