using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb test</c>: runs every test and sums up.</summary>
internal sealed class TestCommand : Command
{
    private readonly Option<bool> _install = new("--install")
    {
        Description = "Installs what the optional tests need, on Debian and Ubuntu as root or with sudo. Without it, those tests are skipped where something is missing.",
    };

    private readonly Option<bool> _browser = new("--browser")
    {
        Description = "Runs the tests in a browser instead: Jupyter, with the chapters opened in Chromium. The screenshots go to artifacts/browser.",
    };

    public TestCommand(Checkout checkout)
        : base("test", "Runs every test. Further arguments are passed to dotnet test.")
    {
        Options.Add(_install);
        Options.Add(_browser);
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => TestAsync(checkout, parsed));
    }

    private async Task<int> TestAsync(Checkout checkout, ParseResult parsed)
    {
        var browser = parsed.GetValue(_browser);
        var missing = OptionalTools.Missing(browser);
        if (missing.Count > 0 && parsed.GetValue(_install))
        {
            await DebianPackages.InstallAsync(missing).ConfigureAwait(false);
            missing = OptionalTools.Missing(browser);
        }
        foreach (var tool in missing)
            Console.Error.WriteLine($"{tool.Name} is not here: {tool.Consequence}");
        if (!browser)
            return await RunAsync(checkout, parsed.UnmatchedTokens).ConfigureAwait(false);
        return missing.Count > 0 ? ExitCode.NotReady : await RunInBrowserAsync(checkout).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(Checkout checkout, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["test", checkout.At("Notebooks.sln"), "--configuration", "Release", "--nologo", .. arguments])
        {
            RedirectStandardOutput = true,
        };
        // the output of lib/ stays as nb built it
        start.Environment["CompileAhead"] = checkout.IsCompiledAhead ? "true" : "false";
        var summary = new TestSummary();
        var code = await ForegroundProcess.RunAsync(start, process => EchoAsync(process.StandardOutput, summary)).ConfigureAwait(false);
        summary.Write(Console.Out);
        return code != 0 ? code : summary.HasPassed ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task EchoAsync(StreamReader reader, TestSummary summary)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            Console.Out.WriteLine(line);
            summary.Read(line);
        }
    }

    private static async Task<int> RunInBrowserAsync(Checkout checkout)
    {
        var npm = ForegroundProcess.Find("npm")!;
        foreach (string[] arguments in (string[][])[["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["test", "--loglevel=error"]])
        {
            var start = new ProcessStartInfo(npm, arguments) { WorkingDirectory = checkout.At("tests", "browser") };
            if (await ForegroundProcess.RunAsync(start).ConfigureAwait(false) is var code and not 0)
                return code;
        }
        return ExitCode.Success;
    }
}
