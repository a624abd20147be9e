using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Events of a session process, and text of its streams, in whatever order they arrive.</summary>
public sealed class OrderedEventsTests
{
    private readonly List<string> _delivered = [];
    private readonly OrderedEvents _events;

    public OrderedEventsTests()
        => _events = new OrderedEvents(item => _delivered.Add(item.Text!), (channel, text) => _delivered.Add($"{channel}: {text}"));

    [Fact]
    public void An_event_waits_for_the_text_before_its_marks()
    {
        Event("first");
        Mark(ConsoleChannel.Error);
        Text("a");
        Assert.Equal(["Output: a"], _delivered);

        Mark(ConsoleChannel.Output);

        Assert.Equal(["Output: a", "first"], _delivered);
    }

    [Fact]
    public void Text_waits_for_the_event_before_it()
    {
        Marks();
        Text("b");
        Marks();
        Text("d");
        Assert.Empty(_delivered);

        Event("a");
        Assert.Equal(["a", "Output: b"], _delivered);
        Event("c");

        Assert.Equal(["a", "Output: b", "c", "Output: d"], _delivered);
    }

    [Fact]
    public void Each_stream_is_behind_the_event_that_came_before_its_text()
    {
        Marks();
        _events.AddText(ConsoleChannel.Error, "b");
        Marks();
        _events.AddText(ConsoleChannel.Error, "d");
        Event("a");
        Event("c");

        Assert.Equal(["a", "Error: b", "c", "Error: d"], _delivered);
    }

    [Fact]
    public void The_end_delivers_what_waits()
    {
        Marks();
        Text("a");
        Mark(ConsoleChannel.Output);
        Text("b");
        Event("event");
        Assert.Equal(["event", "Output: a"], _delivered);

        _events.End();

        Assert.Equal(["event", "Output: a", "Output: b"], _delivered);
    }

    [Fact]
    public void Text_of_a_process_that_ended_before_its_event_is_not_lost()
    {
        Marks();
        Text("last text");

        _events.End();

        Assert.Equal(["Output: last text"], _delivered);
    }

    private void Event(string text) => _events.AddEvent(new SessionEvent(SessionEventKind.Text) { Text = text });

    private void Text(string text) => _events.AddText(ConsoleChannel.Output, text);

    private void Mark(ConsoleChannel channel) => _events.AddMark(channel);

    private void Marks()
    {
        Mark(ConsoleChannel.Output);
        Mark(ConsoleChannel.Error);
    }
}
