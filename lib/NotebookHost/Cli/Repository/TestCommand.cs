using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb test</c>: runs all tests and prints a summary.</summary>
internal sealed class TestCommand : Command
{
    private readonly Option<bool> _install = new("--install")
    {
        Description = "Installs the requirements of optional tests, on Debian and Ubuntu as root or with sudo. Without them, these tests are skipped.",
    };

    private readonly Option<bool> _browser = new("--browser")
    {
        Description = "Runs only the browser tests, in Chromium: the site, the charts, and the chapters in Jupyter. Screenshots are written to artifacts/browser.",
    };

    public TestCommand(Checkout checkout)
        : base("test", "Runs all tests. Additional arguments are passed to dotnet test.")
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
            Console.Error.WriteLine($"{tool.Name} is not installed: {tool.Consequence}");
        if (!browser)
            return await new TestRun(checkout, [.. parsed.UnmatchedTokens]).RunAsync().ConfigureAwait(false);
        return missing.Count > 0 ? ExitCode.NotReady : await RunInBrowserAsync(checkout).ConfigureAwait(false);
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
