using System.CommandLine;
using NotebookHost.Checks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary><c>nb check</c>: reports problems of notebooks before they are committed.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks, folders or globs; all notebooks in notebooks/ by default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _fix = new("--fix")
    {
        Description = "Rewrites notebooks that are not in the form that Jupyter writes. Only the formatting changes.",
    };

    private readonly Option<int> _maxKilobytes = new("--max-size")
    {
        Description = "The maximum size of a notebook in KB.",
        HelpName = "KB",
        DefaultValueFactory = _ => 500,
    };

    private readonly Option<bool> _times = new("--times")
    {
        Description = "Checks notebooks sequentially and prints the time of the analyzers for cells.",
        Hidden = true,
    };

    public CheckCommand()
        : base(
            "check",
            "Checks that notebooks are valid, canonical and small, that they contain no errors and no paths of this machine, and that their cells compile. "
            + "Runs the analyzers of the referenced libraries, but no cells.")
    {
        Arguments.Add(_notebooks);
        Options.Add(_fix);
        Options.Add(_maxKilobytes);
        Options.Add(_times);
        SetAction(Check);
    }

    private int Check(ParseResult parsed)
    {
        try
        {
            var root = NotebookSearch.Root(Directory.GetCurrentDirectory());
            var paths = NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], root);
            var times = parsed.GetValue(_times) ? new AnalysisTimes() : null;
            var checker = new NotebookChecker(new CheckOptions
            {
                Fix = parsed.GetValue(_fix),
                MaxFileSize = parsed.GetValue(_maxKilobytes) * 1024L,
                RepositoryRoot = root,
                OnAnalyzed = times is null ? null : times.Add,
            });
            var results = times is null ? paths.AsParallel().AsOrdered().Select(checker.Check).ToList() : [.. paths.Select(checker.Check)];
            Report(results);
            if (times is not null)
                Console.WriteLine(times);
            return results.All(result => result.Problems.Count == 0) ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception error)
            when (Cause(error) is RunUsageException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(Cause(error).Message);
            return ExitCode.Usage;
        }
    }

    private static void Report(List<CheckResult> results)
    {
        var terminal = Terminal.Open();
        var causes = results.SelectMany(result => result.Problems.Select(problem => problem.Cause).OfType<string>().Distinct())
            .CountBy(cause => cause).ToDictionary();
        var problems = 0;
        foreach (var result in results)
        {
            var name = Path.GetRelativePath(Directory.GetCurrentDirectory(), result.Path);
            if (result.Fixed)
                terminal.Note($"{name}: rewritten");
            foreach (var problem in result.Problems)
            {
                // problems with the same cause are reported once, at the first place
                var notebooks = 1;
                if (problem.Cause is { } cause && !causes.Remove(cause, out notebooks))
                    continue;
                problems++;
                terminal.Problem($"{name}: {problem}{(notebooks > 1 ? $" (as in {Count(notebooks - 1, "other notebook")})" : "")}");
            }
            foreach (var advice in result.Advice)
                terminal.Note($"{name}: {advice}");
            if (result.Skipped is { } reason)
                terminal.Note($"{name}: {reason}");
        }
        var summary = $"{Count(results.Count, "notebook")} checked, {(problems == 0 ? "no problem" : Count(problems, "problem"))}";
        if (problems == 0)
            terminal.Success(summary);
        else
            terminal.Problem(summary);
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static Exception Cause(Exception error) => error is AggregateException { InnerExceptions: [var first, ..] } ? first : error;
}
