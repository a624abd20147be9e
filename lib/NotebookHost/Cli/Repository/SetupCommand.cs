using System.CommandLine;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb setup</c>: builds everything.</summary>
internal sealed class SetupCommand : Command
{
    public SetupCommand()
        : base("setup", "Restores the packages and builds, so that other commands start at once.")
        // tools/prepare.cs has built
        => SetAction(_ => Console.Out.WriteLine("Everything is built. Run the notebooks: nb run"));
}
