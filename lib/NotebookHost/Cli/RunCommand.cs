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
        Description = "Notebooks (.ipynb, .dib), folders or globs; all in notebooks/ when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _parameters = new("--parameter", "-p")
    {
        Description = "Sets a variable that the notebook's cell tagged 'parameters' declares. May be repeated.",
        HelpName = "name=value",
    };

    private readonly Option<bool> _smoke = new("--smoke")
    {
        Description = "Runs each notebook quickly, with the settings in the metadata of its parameters cell, \"smoke\": {\"epochs\": 1}.",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder for executed copies and index.html; artifacts/notebooks by default, and artifacts/notebooks/rank-N for process N "
            + "of those that mpirun or srun started.",
        HelpName = "folder",
    };

    private readonly Option<bool> _html = new("--html")
    {
        Description = "Also writes each executed notebook as an html page that opens without a network; index.html leads to them.",
    };

    private readonly Option<bool> _save = new("--save")
    {
        Description = "Writes the outputs back into each notebook that ran to its end, in the form to commit: pictures, tables and text that "
            + "GitHub shows, nothing that differs from run to run. One that failed or was stopped stays as it is.",
    };

    private readonly Option<string> _cellLimit = Seconds("--timeout", "Stops a cell that runs longer than so many seconds.");

    private readonly Option<string> _notebookLimit = Seconds("--notebook-timeout", "Stops a notebook that runs longer than so many seconds.");

    private readonly Option<int?> _jobs = new("--jobs", "-j")
    {
        Description = "How many notebooks run side by side; by default one for every two cores and every 2 GB of memory. "
            + "The cores are shared out among them unless OMP_NUM_THREADS is set.",
        HelpName = "number",
    };

    private readonly Option<bool> _allowErrors = new("--allow-errors")
    {
        Description = "Goes on after cells that fail, and does not count them as failures. Limits and faults still end a notebook.",
    };

    private readonly Option<string> _junit = Report("--junit", "JUnit");

    private readonly Option<string> _trx = Report("--trx", "TRX");

    public RunCommand()
        : base("run", "Runs notebooks from top to bottom, each in a process of its own, and writes executed copies.")
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
          A notebook ends at its first failing cell; the others run on. A cell tagged raises-exception may fail, one
          tagged skip-execution is left as it is. Copies hold all that was put out until a run ended or was stopped.

        Exit codes:
          0    every notebook ran to its end
          1    a cell failed, was stopped by a limit, or took its notebook's process down; outputs could not be saved;
               or one of several files is not a C# notebook
          2    what was asked for cannot be done
          130  stopped by Ctrl-C
          143  stopped by SIGTERM

        """;

    private async Task<int> RunAsync(ParseResult parsed)
    {
        NotebookBatch batch;
        string folder;
        string page;
        // told at the end: the terminal belongs to the cells until then
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
            // what is redrawn must be gone before the summary
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
        var summary = $"{succeeded} of {asked} {noun} ran to the end in {TerminalReport.Seconds(elapsed)}: {page}";
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
                result.AddError($"{name} takes a number of seconds, more than 0 and at most {MostSeconds}, not '{result.Tokens[0].Value}'.");
        });
        return option;
    }

    // what timers can count to
    private const int MostSeconds = 4_000_000;

    private static TimeSpan? Span(string? seconds)
        => double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostSeconds
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
