using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb pack</c>: makes the packages.</summary>
internal sealed class PackCommand : Command
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(10);

    private readonly Option<string> _out = new("--out") { Description = "The folder for the packages; artifacts/packages by default.", HelpName = "folder" };

    public PackCommand(Checkout checkout)
        : base("pack", "Makes the packages. Further arguments are passed to dotnet pack.")
    {
        Options.Add(_out);
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => PackAsync(checkout, parsed));
    }

    private async Task<int> PackAsync(Checkout checkout, ParseResult parsed)
    {
        var folder = Path.GetFullPath(parsed.GetValue(_out) ?? checkout.At("artifacts", "packages"));
        // the packages do not say where they were built in CI; elsewhere they do, so that debuggers find the sources
        string[] reproducible = Environment.GetEnvironmentVariable("CI") is null or "" ? [] : ["-p:ContinuousIntegrationBuild=true"];
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "pack", checkout.At("packaging", "Packages.slnf"), "--configuration", "Release", "--nologo", "--output", folder,
                "-verbosity:minimal", "-tl:off", .. reproducible, .. parsed.UnmatchedTokens,
            ])
        {
            RedirectStandardOutput = true,
        };
        Console.Error.WriteLine($"restoring, building and packing; this takes one to four minutes. The packages go to {folder}");
        var clock = Stopwatch.StartNew();
        return await ForegroundProcess.RunAsync(start, process => EchoAsync(process, clock)).ConfigureAwait(false);
    }

    /// <summary>Passes on what the build says, and says how long it has run when it says nothing.</summary>
    private static async Task EchoAsync(Process process, Stopwatch clock)
    {
        using var timer = new Timer(_ => Console.Error.WriteLine($"  {clock.Elapsed.TotalSeconds:0} s"), null, _between, _between);
        while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            timer.Change(_between, _between);
            Console.Out.WriteLine(line);
        }
    }
}
