using System.CommandLine;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb setup</c>: builds everything.</summary>
internal sealed class SetupCommand : Command
{
    public SetupCommand()
        : base("setup", "Restores the packages and builds the repository, so that other commands start immediately.")
        // tools/prepare.cs has built the repository
        => SetAction(_ => Console.Out.WriteLine("Everything is built. Run the notebooks: nb run"));
}
