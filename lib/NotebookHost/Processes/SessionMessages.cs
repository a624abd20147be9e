using System.Text.Json;
using System.Text.Json.Serialization;
using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>What a session process is asked to do.</summary>
internal enum SessionCommandKind
{
    /// <summary>Runs a cell.</summary>
    Run,

    /// <summary>Stops the running cell.</summary>
    Stop,

    /// <summary>Brings the answer to a question of a cell.</summary>
    Input,

    /// <summary>Asks about code that is being written.</summary>
    Help,

    /// <summary>Ends the process. The end of the commands without it says that the parent has died.</summary>
    Exit,
}

/// <summary>A command to a session process, one line of JSON.</summary>
internal sealed record SessionCommand(SessionCommandKind Kind)
{
    /// <summary>Gets the cell to run, the answer, or the content of a request for help.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the kind of help.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the cell's number, or the question's.</summary>
    public int Number { get; init; }
}

/// <summary>What an event of a session process says.</summary>
internal enum SessionEventKind
{
    /// <summary>A cell would start at once.</summary>
    Ready,

    /// <summary>A cell wrote text to the console.</summary>
    Text,

    /// <summary>A cell displayed something.</summary>
    Displayed,

    /// <summary>A cell changed what it had displayed.</summary>
    Updated,

    /// <summary>A cell has a value.</summary>
    Result,

    /// <summary>A cell asks for input.</summary>
    Asked,

    /// <summary>A request for help has an answer.</summary>
    Helped,

    /// <summary>The cell has ended.</summary>
    Ended,
}

/// <summary>An event of a session process, one line of JSON.</summary>
internal sealed record SessionEvent(SessionEventKind Kind)
{
    /// <summary>Gets where text was written.</summary>
    public ConsoleChannel Channel { get; init; }

    /// <summary>Gets the text, the prompt, or the content of an answer.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the question's number.</summary>
    public int Number { get; init; }

    /// <summary>Gets whether the answer must not be shown.</summary>
    public bool IsPassword { get; init; }

    /// <summary>Gets the id of the display.</summary>
    public string? DisplayId { get; init; }

    /// <summary>Gets a bundle's representations by mime type, in order.</summary>
    public Dictionary<string, string>? Data { get; init; }

    /// <summary>Gets why a request for help has no answer.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets how the cell ended.</summary>
    public CellOutcome? Outcome { get; init; }
}

/// <summary>The messages' JSON, generated at build time: reflection would add a tenth of a second to the start of a notebook.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SessionCommand))]
[JsonSerializable(typeof(SessionEvent))]
internal sealed partial class SessionJson : JsonSerializerContext
{
    public static string Line(SessionCommand command) => JsonSerializer.Serialize(command, Default.SessionCommand);

    public static string Line(SessionEvent item) => JsonSerializer.Serialize(item, Default.SessionEvent);

    public static SessionCommand Command(string line) => JsonSerializer.Deserialize(line, Default.SessionCommand)!;

    public static SessionEvent Event(string line) => JsonSerializer.Deserialize(line, Default.SessionEvent)!;
}
