using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NotebookHost.Cli;

/// <summary>A command whose help says more than its options do.</summary>
internal interface INotedCommand
{
    /// <summary>What follows the options, section by section.</summary>
    string Notes { get; }
}

/// <summary>Help as ever, and a command's notes after it.</summary>
internal sealed class NotedHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Who asks for help need not give what a command requires.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is INotedCommand noted)
            parseResult.InvocationConfiguration.Output.Write(noted.Notes.ReplaceLineEndings("\n"));
        return exitCode;
    }
}
