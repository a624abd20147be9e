using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb test</c>: runs all tests and prints a summary.</summary>
internal sealed class TestCommand : Command
{
    // 128 and the number of SIGTERM: somebody ends the tests
    private const int Terminated = 143;

    private static readonly string[] _release = ["--configuration", "Release", "--nologo"];

    // ends a test process in which no test starts or ends for 30 minutes, and reports the test; there is no other time limit
    private static readonly string[] _hangGuard = ["--blame-hang-timeout", "30m", "--blame-hang-dump-type", "none"];

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
            return await RunAsync(checkout, [.. parsed.UnmatchedTokens]).ConfigureAwait(false);
        return missing.Count > 0 ? ExitCode.NotReady : await RunInBrowserAsync(checkout).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(Checkout checkout, IReadOnlyList<string> arguments)
    {
        // the output of lib/ remains as nb built it
        var compileAhead = checkout.IsCompiledAhead ? "true" : "false";
        var summary = new TestSummary();
        var code = 0;
        Console.Error.WriteLine("building the tests; the first build takes some minutes");
        var build = await DotnetAsync(["build", checkout.At("Notebooks.sln"), .. _release, "--verbosity", "minimal", .. arguments.Where(IsProperty)]).ConfigureAwait(false);
        if (build != 0)
            return build;
        foreach (var project in TestProjects.QuickestFirst(checkout))
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{project.Name}:");
            var watch = Stopwatch.StartNew();
            var ended = await DotnetAsync(["test", project.Path, "--no-build", .. _release, .. _hangGuard, .. arguments]).ConfigureAwait(false);
            summary.Ended(project.Name, watch.Elapsed, ended);
            code = code != 0 ? code : ended;
            if (ended == Terminated)
                break;
        }
        Console.Out.WriteLine();
        summary.Write(Console.Out);
        return code != 0 ? code : summary.HasPassed ? ExitCode.Success : ExitCode.Failure;

        Task<int> DotnetAsync(string[] command)
        {
            var start = new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true, WorkingDirectory = Environment.CurrentDirectory };
            start.Environment["CompileAhead"] = compileAhead;
            return ForegroundProcess.RunAsync(start, process => EchoAsync(process.StandardOutput, summary));
        }
    }

    private static bool IsProperty(string argument) =>
        argument.StartsWith("-p:", StringComparison.Ordinal) || argument.StartsWith("--property:", StringComparison.Ordinal);

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
