using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb pack</c>: makes the packages.</summary>
internal sealed class PackCommand : Command
{
    private readonly Option<string> _out = new("--out") { Description = "The folder for the packages; artifacts/packages by default.", HelpName = "folder" };

    public PackCommand(Checkout checkout)
        : base("pack", "Makes the packages. Further arguments are passed to dotnet pack.")
    {
        Options.Add(_out);
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => PackAsync(checkout, parsed));
    }

    private Task<int> PackAsync(Checkout checkout, ParseResult parsed)
    {
        var folder = Path.GetFullPath(parsed.GetValue(_out) ?? checkout.At("artifacts", "packages"));
        // the packages do not say where they were built in CI; elsewhere they do, so that debuggers find the sources
        string[] reproducible = Environment.GetEnvironmentVariable("CI") is null or "" ? [] : ["-p:ContinuousIntegrationBuild=true"];
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "pack", checkout.At("packaging", "Packages.slnf"), "--configuration", "Release", "--nologo", "--output", folder,
                .. reproducible, .. parsed.UnmatchedTokens,
            ]);
        return ForegroundProcess.RunAsync(start);
    }
}
