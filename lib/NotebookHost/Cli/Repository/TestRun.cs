using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace NotebookHost.Cli.Repository;

/// <summary>Builds the solution, runs the test projects in the order of <see cref="TestProjects"/>, and prints a summary.</summary>
/// <param name="checkout">The repository.</param>
/// <param name="arguments">Additional arguments of <c>dotnet test</c>.</param>
internal sealed class TestRun(Checkout checkout, IReadOnlyList<string> arguments)
{
    // 128 and the number of SIGTERM: somebody ends the tests
    private const int Terminated = 143;

    private static readonly string[] _release = ["--configuration", "Release", "--nologo"];

    // ends a test process in which no test starts or ends for 30 minutes, and reports the test; there is no other time limit
    private static readonly string[] _hangGuard = ["--blame-hang-timeout", "30m", "--blame-hang-dump-type", "none"];

    // the output of lib/ remains as nb built it
    private readonly string _compileAhead = checkout.IsCompiledAhead ? "true" : "false";
    private readonly TestSummary _summary = new();
    private readonly Lock _printing = new();

    /// <summary>Runs the tests.</summary>
    /// <returns>The exit code of the command.</returns>
    public async Task<int> RunAsync()
    {
        Console.Error.WriteLine("building the tests; the first build takes some minutes");
        var build = await DotnetAsync(["build", checkout.At("Notebooks.sln"), .. _release, "--verbosity", "minimal", .. arguments.Where(IsProperty)], Print).ConfigureAwait(false);
        if (build != 0)
            return build;
        var code = 0;
        foreach (var projects in TestProjects.QuickestFirst(checkout.At("tests")))
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{string.Join(" and ", projects.Select(project => project.Name))}:");
            var running = Task.WhenAll(projects.Select(project => RunAsync(project, isAlone: projects.Count == 1)));
            await ShowProgressAsync(running).ConfigureAwait(false);
            var codes = await running.ConfigureAwait(false);
            code = codes.Prepend(code).FirstOrDefault(ended => ended != 0);
            if (codes.Contains(Terminated))
                break;
        }
        Console.Out.WriteLine();
        _summary.Write(Console.Out);
        return code != 0 ? code : _summary.HasPassed ? ExitCode.Success : ExitCode.Failure;
    }

    // the lines of a project that runs beside another are printed together at its end
    private async Task<int> RunAsync(TestProject project, bool isAlone)
    {
        var watch = Stopwatch.StartNew();
        var lines = new ConcurrentQueue<string>();
        var code = await DotnetAsync(["test", project.Path, "--no-build", .. _release, .. _hangGuard, .. arguments], isAlone ? Print : lines.Enqueue).ConfigureAwait(false);
        lock (_printing)
        {
            foreach (var line in lines)
                Print(line);
            _summary.Ended(project.Name, watch.Elapsed, code);
        }
        return code;
    }

    // the runner prints only failures and its last line
    private static async Task ShowProgressAsync(Task running)
    {
        var watch = Stopwatch.StartNew();
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMinutes(1))).ConfigureAwait(false) != running)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nb: {watch.Elapsed.TotalMinutes,3:0} min"));
    }

    private Task<int> DotnetAsync(string[] command, Action<string> read)
    {
        var start = new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true, WorkingDirectory = Environment.CurrentDirectory };
        start.Environment["CompileAhead"] = _compileAhead;
        return ForegroundProcess.RunAsync(start, process => ReadAsync(process.StandardOutput, read));
    }

    private void Print(string line)
    {
        Console.Out.WriteLine(line);
        _summary.Read(line);
    }

    private static bool IsProperty(string argument) =>
        argument.StartsWith("-p:", StringComparison.Ordinal) || argument.StartsWith("--property:", StringComparison.Ordinal);

    private static async Task ReadAsync(StreamReader reader, Action<string> read)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            read(line);
    }
}
