using System.CommandLine;
using System.CommandLine.Help;
using NotebookHost.Cli.Repository;
using NotebookHost.Scripting;

namespace NotebookHost.Cli;

/// <summary>The <c>nb</c> command line.</summary>
internal static class NbCommand
{
    // a fixed width, because tools/help contains the pages as files, which nb shows before the build
    private const int HelpWidth = 110;

    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var root = new RootCommand("Runs C# notebooks.") { HelpName = "nb" };
        root.Subcommands.Add(new RunCommand());
        root.Subcommands.Add(new ExportCommand());
        root.Subcommands.Add(new StripCommand());
        root.Subcommands.Add(new CheckCommand());
        root.Subcommands.Add(new AdoptCommand());
        root.Subcommands.Add(new KernelCommand());
        root.Subcommands.Add(new BoardCommand());
        root.Subcommands.Add(new LabCommand());
        if (Checkout.Current is { } checkout)
        {
            root.Subcommands.Add(new SetupCommand());
            root.Subcommands.Add(new TestCommand(checkout));
            root.Subcommands.Add(new BenchCommand(checkout));
            root.Subcommands.Add(new PackCommand(checkout));
        }
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithNotes(new HelpAction { MaxWidth = HelpWidth });
        var parsed = root.Parse(arguments switch
        {
            [] => ["--help"],
            // these programs have their own options and help
            ["bench" or "board", .. var rest] when rest is not ["--", ..] => [arguments[0], "--", .. rest],
            _ => arguments,
        });
        if (parsed.Errors.Count > 0)
        {
            var unknown = parsed.CommandResult.Command == root && arguments[0] is not ['-', ..];
            Console.Error.WriteLine(unknown
                ? $"There is no command {arguments[0]}.{(NearestName.Of(arguments[0], root.Subcommands.Select(command => command.Name)) is { } nearest ? $" Did you mean {nearest}?" : "")} See: nb --help"
                : $"{parsed.Errors[0].Message.TrimEnd('.')}. See: nb --help");
            return ExitCode.Usage;
        }
        if (RelativeVariables.TryResolve() is { } problem)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.NotReady;
        }
        // nb run handles signals itself and reports its exceptions as messages
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }
}
