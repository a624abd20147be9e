using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NotebookHost.Cli;

/// <summary>A command with notes at the end of its help.</summary>
internal interface ICommandWithNotes
{
    /// <summary>Gets what follows the options, section by section.</summary>
    string Notes { get; }
}

/// <summary>Help with a command's notes at its end.</summary>
internal sealed class HelpWithNotes(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Help does not need the arguments that a command requires.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ICommandWithNotes noted)
            parseResult.InvocationConfiguration.Output.Write(noted.Notes.ReplaceLineEndings("\n"));
        return exitCode;
    }
}
