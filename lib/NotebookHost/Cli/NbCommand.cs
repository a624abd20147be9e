using System.CommandLine;
using System.CommandLine.Help;

namespace NotebookHost.Cli;

/// <summary>The <c>nb</c> command line.</summary>
internal static class NbCommand
{
    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var root = new RootCommand("Runs C# notebooks.") { HelpName = "nb" };
        root.Subcommands.Add(new RunCommand());
        root.Subcommands.Add(new LaunchCommand());
        root.Subcommands.Add(new ExportCommand());
        root.Subcommands.Add(new StripCommand());
        root.Subcommands.Add(new CheckCommand());
        root.Subcommands.Add(new AdoptCommand());
        root.Subcommands.Add(new KernelCommand());
        root.Subcommands.Add(new BoardCommand());
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new NotedHelp((HelpAction)help.Action!);
        var parsed = root.Parse(arguments.Length > 0 ? LaunchCommand.SetFileApart(arguments) : ["--help"]);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine($"{parsed.Errors[0].Message.TrimEnd('.')}. See: nb --help");
            return ExitCode.Usage;
        }
        // a run answers signals itself, and lets no exception through that it can put into words
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }
}
