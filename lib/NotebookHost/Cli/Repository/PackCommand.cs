using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb pack</c>: creates the packages.</summary>
internal sealed class PackCommand : Command
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(10);

    private readonly Option<string> _out = new("--out") { Description = "The output folder; artifacts/packages by default.", HelpName = "folder" };

    public PackCommand(Checkout checkout)
        : base("pack", "Creates the packages. Additional arguments are passed to dotnet pack.")
    {
        Options.Add(_out);
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => PackAsync(checkout, parsed));
    }

    private async Task<int> PackAsync(Checkout checkout, ParseResult parsed)
    {
        var folder = Path.GetFullPath(parsed.GetValue(_out) ?? checkout.At("artifacts", "packages"));
        // packages of CI builds do not contain local paths; other packages do, so that debuggers find the sources
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
        Console.Error.WriteLine($"restoring, building and packing to {folder}; this takes one to four minutes");
        var clock = Stopwatch.StartNew();
        return await ForegroundProcess.RunAsync(start, process => EchoAsync(process, clock)).ConfigureAwait(false);
    }

    /// <summary>Shows the output of the build, and the elapsed time if there is no output.</summary>
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
