using System.CommandLine;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary><c>nb run</c>: runs notebooks and shows how they do.</summary>
internal sealed class RunCommand : Command
{
    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks, folders or globs; all of notebooks/*.ipynb when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _parameters = new("--parameter", "-p")
    {
        Description = "Sets a variable that the notebook's cell tagged 'parameters' declares. May be repeated.",
        HelpName = "name=value",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder for executed copies and index.html; artifacts/notebooks by default.",
        HelpName = "folder",
    };

    public RunCommand()
        : base("run", "Runs notebooks from top to bottom and writes executed copies. Stops a notebook at its first failing cell.")
    {
        _notebooks.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
                result.AddError($"There is no option '{option.Value}'.");
        });
        _parameters.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0) is { } malformed)
                result.AddError($"-p wants name=value, not '{malformed.Value}'.");
        });
        Arguments.Add(_notebooks);
        Options.Add(_parameters);
        Options.Add(_out);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        NotebookBatch batch;
        string folder;
        string page;
        try
        {
            var here = Directory.GetCurrentDirectory();
            var root = NotebookSearch.Root(here);
            folder = parsed.GetValue(_out) ?? Path.Combine(root, "artifacts", "notebooks");
            page = Path.GetRelativePath(here, Path.Combine(folder, NotebookBatch.IndexName));
            batch = NotebookBatch.Load(new BatchOptions(NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], root), folder)
            {
                Parameters = [.. (parsed.GetValue(_parameters) ?? []).Select(Pair)],
            });
        }
        catch (Exception error) when (error is RunUsageException or NotebookFormatException)
        {
            return Usage(error.Message);
        }

        var terminal = Terminal.Open();
        using var report = new TerminalReport(terminal, TimeProvider.System);
        using var stop = new Interruption();
        try
        {
            var results = await batch.RunAsync(report, stop.Token).ConfigureAwait(false);
            Summarise(terminal, results, page);
            return results.Any(result => result.Status == RunStatus.Interrupted) ? stop.ExitCode
                : results.All(result => result.Status == RunStatus.Succeeded) ? ExitCode.Success
                : ExitCode.Failure;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Usage($"The results cannot be written to {folder}: {error.Message}");
        }
    }

    private static void Summarise(Terminal terminal, IReadOnlyList<NotebookResult> results, string page)
    {
        var succeeded = results.Count(result => result.Status == RunStatus.Succeeded);
        var duration = TerminalReport.Seconds(results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration));
        terminal.Heading("");
        var noun = results.Count == 1 ? "notebook" : "notebooks";
        var summary = $"{succeeded} of {results.Count} {noun} ran to the end in {duration}: {page}";
        if (succeeded == results.Count)
            terminal.Success(summary);
        else
            terminal.Problem(summary);
        foreach (var failure in results.Select(result => result.Failure).OfType<string>())
            terminal.Problem(failure);
    }

    private static KeyValuePair<string, string> Pair(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return KeyValuePair.Create(assignment[..equals].Trim(), assignment[(equals + 1)..]);
    }

    private static int Usage(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Usage;
    }
}
