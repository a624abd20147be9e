using System.Text.Json;
using System.Text.Json.Serialization;
using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>The kind of a command to a session process.</summary>
internal enum SessionCommandKind
{
    /// <summary>Runs a cell.</summary>
    Run,

    /// <summary>Stops the running cell.</summary>
    Stop,

    /// <summary>Passes the answer to an input request of a cell.</summary>
    Input,

    /// <summary>Requests information about code that is being edited.</summary>
    Help,

    /// <summary>Ends the process. If the commands end without this command, the parent has ended.</summary>
    Exit,
}

/// <summary>A command to a session process, as one line of JSON.</summary>
internal sealed record SessionCommand(SessionCommandKind Kind)
{
    /// <summary>Gets the code of the cell, the answer, or the content of a request for help.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the kind of a request for help.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the number of the cell or of the input request.</summary>
    public int Number { get; init; }
}

/// <summary>The kind of an event of a session process.</summary>
internal enum SessionEventKind
{
    /// <summary>The session is ready to run a cell immediately.</summary>
    Ready,

    /// <summary>A cell wrote text to the console.</summary>
    Text,

    /// <summary>A cell displayed an output.</summary>
    Displayed,

    /// <summary>A cell updated an output.</summary>
    Updated,

    /// <summary>A cell has a value.</summary>
    Result,

    /// <summary>A cell requests input.</summary>
    Asked,

    /// <summary>A request for help has a reply.</summary>
    Helped,

    /// <summary>The cell has ended.</summary>
    Ended,
}

/// <summary>An event of a session process, as one line of JSON.</summary>
internal sealed record SessionEvent(SessionEventKind Kind)
{
    /// <summary>Gets the stream of a text.</summary>
    public ConsoleChannel Channel { get; init; }

    /// <summary>Gets the text, the prompt, or the content of a reply.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the number of the input request.</summary>
    public int Number { get; init; }

    /// <summary>Gets a value that indicates whether the input must not be shown.</summary>
    public bool IsPassword { get; init; }

    /// <summary>Gets the id of the output.</summary>
    public string? DisplayId { get; init; }

    /// <summary>Gets the representations of a bundle by MIME type, in order.</summary>
    public Dictionary<string, string>? Data { get; init; }

    /// <summary>Gets the error of a request for help.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets the outcome of the cell.</summary>
    public CellOutcome? Outcome { get; init; }
}

/// <summary>The JSON serialization of the messages, generated at build time: reflection would add a tenth of a second to the start of a notebook.</summary>
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
