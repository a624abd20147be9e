using System.CommandLine;
using System.Globalization;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Running.Reports;
using NotebookHost.Sessions;
using Spectre.Console;

namespace NotebookHost.Cli;

/// <summary><c>nb run</c>: runs notebooks.</summary>
internal sealed class RunCommand : Command, ICommandWithNotes
{
    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks (.ipynb, .dib), folders or globs; all notebooks in notebooks/ by default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _parameters = new("--parameter", "-p")
    {
        Description = "Sets a variable that the cell with the tag 'parameters' declares. Can be repeated.",
        HelpName = "name=value",
    };

    private readonly Option<bool> _smoke = new("--smoke")
    {
        Description = "Runs each notebook quickly, with the settings in the metadata of its parameters cell: \"smoke\": {\"epochs\": 1}.",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of executed copies and index.html; artifacts/notebooks by default, and artifacts/notebooks/rank-N for process N "
            + "of mpirun or srun.",
        HelpName = "folder",
    };

    private readonly Option<bool> _html = new("--html")
    {
        Description = "Also writes each executed notebook as an HTML page that opens without a network; index.html links to the pages.",
    };

    private readonly Option<bool> _save = new("--save")
    {
        Description = "Saves the outputs to each completed notebook in the form for commits: pictures, tables and text that "
            + "GitHub shows, without content that differs between runs. Notebooks that failed or were stopped are not changed.",
    };

    private readonly Option<string> _cellLimit = Seconds("--timeout", "The time limit of a cell in seconds.");

    private readonly Option<string> _notebookLimit = Seconds("--notebook-timeout", "The time limit of a notebook in seconds.");

    private readonly Option<int?> _jobs = new("--jobs", "-j")
    {
        Description = "The number of notebooks that run in parallel; by default, one for every two cores and every 2 GB of memory. "
            + "They share the cores unless OMP_NUM_THREADS is set.",
        HelpName = "number",
    };

    private readonly Option<bool> _allowErrors = new("--allow-errors")
    {
        Description = "Continues after failed cells and does not report them as failures. Time limits and crashes still end a notebook.",
    };

    private readonly Option<string> _junit = Report("--junit", "JUnit");

    private readonly Option<string> _trx = Report("--trx", "TRX");

    public RunCommand()
        : base("run", "Runs notebooks from top to bottom, each in a separate process, and writes executed copies.")
    {
        _notebooks.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
                result.AddError($"There is no option '{option.Value}'.");
        });
        _parameters.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0) is { } malformed)
                result.AddError($"-p takes name=value, not '{malformed.Value}'.");
        });
        _jobs.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) || jobs == 0)
                result.AddError($"--jobs takes a number from 1, not '{result.Tokens[0].Value}'.");
        });
        Arguments.Add(_notebooks);
        foreach (var option in (Option[])[_parameters, _smoke, _out, _html, _save, _cellLimit, _notebookLimit, _jobs, _allowErrors, _junit, _trx])
            Options.Add(option);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    /// <inheritdoc/>
    public string Notes => """
        Notebooks:
          A notebook ends at its first failed cell; the other notebooks continue. A cell with the tag raises-exception may
          fail; a cell with the tag skip-execution is not run. Copies contain all outputs until the end of the run.

        Exit codes:
          0    all notebooks completed
          1    a cell failed, was stopped by a time limit or ended its process; outputs could not be saved;
               or one of several files is not a C# notebook
          2    the command line is not valid
          130  stopped by Ctrl-C
          143  stopped by SIGTERM

        """;

    private async Task<int> RunAsync(ParseResult parsed)
    {
        NotebookBatch batch;
        string folder;
        string page;
        // printed at the end, because the terminal shows the cells until then
        List<string> notes = [];
        try
        {
            var here = Directory.GetCurrentDirectory();
            var root = NotebookSearch.Root(here);
            folder = parsed.GetValue(_out) ?? Path.Combine(root, "artifacts", "notebooks", ProcessRank.Folder);
            var plotly = PlotlyPackage.OfUser(notes.Add);
            page = Path.GetRelativePath(here, Path.Combine(folder, NotebookBatch.IndexName));
            batch = NotebookBatch.Load(new BatchOptions(NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], root), folder)
            {
                Parameters = [.. (parsed.GetValue(_parameters) ?? []).Select(Pair)],
                Smoke = parsed.GetValue(_smoke),
                Jobs = parsed.GetValue(_jobs),
                Run = new NotebookRunOptions
                {
                    Isolation = Isolation.Process,
                    WritesPage = parsed.GetValue(_html),
                    SavesSource = parsed.GetValue(_save),
                    PlotlyScript = () => plotly.Script,
                    CellLimit = Span(parsed.GetValue(_cellLimit)),
                    NotebookLimit = Span(parsed.GetValue(_notebookLimit)),
                    AllowErrors = parsed.GetValue(_allowErrors),
                },
            });
            foreach (var file in (string?[])[parsed.GetValue(_junit), parsed.GetValue(_trx)])
            {
                if (file is not null)
                    OutputLocation.RequireFile(file);
            }
        }
        catch (Exception error) when (error is RunUsageException or NotebookFormatException)
        {
            return Usage(error.Message);
        }

        var terminal = Terminal.Open();
        foreach (var warning in batch.Jobs.SelectMany(job => job.Warnings))
            terminal.Warning(warning);
        if (!Cultures.IsIcuFound)
            notes.Add(Cultures.Advice);
        using var report = new TerminalReport(terminal, TimeProvider.System, batch.Jobs, folder, batch.SideBySide > 1);
        using var stop = new InterruptSignals();
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            var results = await batch.RunAsync(report.Of, stop.Token).ConfigureAwait(false);
            if (parsed.GetValue(_junit) is { } junit)
                JUnitReport.Write(junit, results);
            if (parsed.GetValue(_trx) is { } trx)
                TrxReport.Write(trx, results, TimeProvider.System.GetUtcNow());
            // the live lines must be removed before the summary
            report.Dispose();
            Summarize(terminal, results, batch, TimeProvider.System.GetElapsedTime(started), page);
            notes.ForEach(terminal.Note);
            return stop.Token.IsCancellationRequested && !(results.Count == batch.Jobs.Count && results.All(HasEnded)) ? stop.ExitCode
                : batch.Refusals.Count == 0 && results.All(result => result is { Status: RunStatus.Succeeded, SaveProblem: null }) ? ExitCode.Success
                : ExitCode.Failure;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Usage($"The results cannot be written: {error.Message}");
        }
    }

    private static void Summarize(Terminal terminal, IReadOnlyList<NotebookResult> results, NotebookBatch batch, TimeSpan elapsed, string page)
    {
        var asked = batch.Jobs.Count + batch.Refusals.Count;
        var succeeded = results.Count(result => result.Status == RunStatus.Succeeded);
        terminal.Heading("");
        if (results.Count > 1)
            terminal.Table(Overview(results));
        var noun = asked == 1 ? "notebook" : "notebooks";
        var summary = $"{succeeded} of {asked} {noun} completed in {TerminalReport.Seconds(elapsed)}: {page}";
        if (succeeded == asked)
            terminal.Success(summary);
        else
            terminal.Problem(summary);
        foreach (var allowed in results.SelectMany(result => result.AllowedErrors))
            terminal.Note($"allowed: {allowed}");
        foreach (var refusal in batch.Refusals)
            terminal.Problem(refusal);
        foreach (var failure in results.Select(result => result.Failure ?? result.SaveProblem).OfType<string>())
            terminal.Problem(failure);
    }

    private static Table Overview(IReadOnlyList<NotebookResult> results)
    {
        var table = new Table().RoundedBorder().AddColumns("notebook", "result", "cells", "time");
        foreach (var result in results)
        {
            var color = result.Status == RunStatus.Succeeded ? "green" : "red";
            table.AddRow(
                Markup.Escape(result.Name),
                $"[{color}]{result.Status.ToString().ToLowerInvariant()}[/]",
                $"{result.CellsRun} of {result.CellCount}",
                TerminalReport.Seconds(result.Duration));
        }
        return table;
    }

    private static bool HasEnded(NotebookResult result) => result.Status != RunStatus.Interrupted;

    private static KeyValuePair<string, string> Pair(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return KeyValuePair.Create(assignment[..equals].Trim(), assignment[(equals + 1)..]);
    }

    private static Option<string> Seconds(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "seconds" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && Span(result.Tokens[0].Value) is null)
                result.AddError($"{name} takes a number of seconds, more than 0 and at most {MaxSeconds}, not '{result.Tokens[0].Value}'.");
        });
        return option;
    }

    // the maximum of timers
    private const int MaxSeconds = 4_000_000;

    private static TimeSpan? Span(string? seconds)
        => double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(number)
            : null;

    private static Option<string> Report(string name, string format)
        => new(name) { Description = $"Also writes a {format} report, with a test for each cell.", HelpName = "file" };

    private static int Usage(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Usage;
    }
}
