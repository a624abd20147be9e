using System.Text.Json;
using System.Text.Json.Serialization;
using NotebookHost.Sessions;

namespace NotebookHost.Running.Processes;

/// <summary>What the runner asks of a notebook's process, one line of JSON each.</summary>
/// <param name="Code">The cell to run; null asks the running cell to stop.</param>
internal sealed record SessionCommand(string? Code);

/// <summary>What kind of news an event brings.</summary>
internal enum SessionEventKind
{
    Ready,
    Text,
    Shown,
    Updated,
    Result,
    Ended,
}

/// <summary>What a notebook's process tells the runner, one line of JSON each.</summary>
internal sealed record SessionEvent(SessionEventKind Kind)
{
    public ConsoleChannel Channel { get; init; }

    public string? Text { get; init; }

    public string? DisplayId { get; init; }

    /// <summary>A bundle's representations by mime type, in order.</summary>
    public Dictionary<string, string>? Data { get; init; }

    public CellOutcome? Outcome { get; init; }
}

/// <summary>The messages' JSON, generated at build time: reflection would cost a notebook's start a tenth of a second.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SessionCommand))]
[JsonSerializable(typeof(SessionEvent))]
internal sealed partial class SessionJson : JsonSerializerContext
{
    public static string Line(SessionCommand command) => JsonSerializer.Serialize(command, Default.SessionCommand);

    public static string Line(SessionEvent news) => JsonSerializer.Serialize(news, Default.SessionEvent);

    public static SessionCommand Command(string line) => JsonSerializer.Deserialize(line, Default.SessionCommand)!;

    public static SessionEvent Event(string line) => JsonSerializer.Deserialize(line, Default.SessionEvent)!;
}
