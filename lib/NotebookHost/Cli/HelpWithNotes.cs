using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NotebookHost.Cli;

/// <summary>A command with notes at the end of its help.</summary>
internal interface ICommandWithNotes
{
    /// <summary>Gets the notes, in sections, which follow the options.</summary>
    string Notes { get; }
}

/// <summary>Writes help with the notes of a command at the end.</summary>
internal sealed class HelpWithNotes(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Gets a value that indicates that help does not require the arguments of a command.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ICommandWithNotes noted)
            parseResult.InvocationConfiguration.Output.Write(noted.Notes.ReplaceLineEndings("\n"));
        return exitCode;
    }
}
