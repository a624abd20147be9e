using NotebookHost.Cli;
using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Sessions;
using Spectre.Console;

namespace NotebookHost.Tests.Cli;

/// <summary>What a run shows at a terminal and without one.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _writer = new() { NewLine = "\n" };

    public void Dispose()
    {
        _folder.Dispose();
        _writer.Dispose();
    }

    [Fact]
    public void The_lines_below_say_which_cell_of_how_many_runs_and_how_many_notebooks_there_are()
    {
        var (report, jobs) = Report("a.ipynb", "b.ipynb", "c.ipynb");
        using (report)
        {
            var first = report.Of(jobs[0]);
            first.NotebookStarted("a.ipynb", 2);
            first.CellStarted(1, jobs[0].Document.Cells[1]);
            first.CellFinished(TimeSpan.FromSeconds(1), null);
            first.CellStarted(2, jobs[0].Document.Cells[2]);

            var lines = Rendered(report);
            Assert.Contains("a.ipynb", lines, StringComparison.Ordinal);
            Assert.Contains("cell 2 of 2", lines, StringComparison.Ordinal);
            Assert.Contains("second();", lines, StringComparison.Ordinal);
            Assert.Contains("0 of 3 notebooks", lines, StringComparison.Ordinal);
            Assert.DoesNotContain("left", lines, StringComparison.Ordinal);
        }
        Assert.Contains("1 of 3  a.ipynb  The title of a.ipynb\n", _writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_runs_say_how_long_the_rest_takes()
    {
        WriteEarlier("a.ipynb", ["first();", "second();"], seconds: 40);
        WriteEarlier("b.ipynb", ["first();", "second();"], seconds: 100);
        var (report, jobs) = Report("a.ipynb", "b.ipynb");
        using (report)
        {
            var first = report.Of(jobs[0]);
            first.NotebookStarted("a.ipynb", 2);
            first.CellStarted(1, jobs[0].Document.Cells[1]);

            var lines = Rendered(report);
            Assert.Contains("about 80 s left", lines, StringComparison.Ordinal);
            Assert.Contains("about 5 min left", lines, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_table_that_is_redrawn_shows_its_last_row()
    {
        var (report, jobs) = Report("a.ipynb");
        using (report)
        {
            var first = report.Of(jobs[0]);
            first.NotebookStarted("a.ipynb", 2);
            first.CellStarted(1, jobs[0].Document.Cells[1]);
            first.Updated("table", new NotebookHost.Display.MimeBundle([KeyValuePair.Create("text/plain", "epoch  loss\n1      0.5\n2      0.25\n")]));

            Assert.Contains("2      0.25", Rendered(report), StringComparison.Ordinal);
            Assert.DoesNotContain("epoch", Rendered(report), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_error_points_at_the_code_of_its_line()
    {
        var (report, jobs) = Report("a.ipynb");
        using (report)
        {
            var first = report.Of(jobs[0]);
            first.NotebookStarted("a.ipynb", 1);
            first.CellStarted(1, NotebookCell.Code("var x = 1;\n    Fail(x);"));
            first.CellFinished(TimeSpan.Zero, new CellError("Exception", "no", 2, ["System.Exception: no", "   at cell 1, line 2"]));
        }

        Assert.Contains("      2 │     Fail(x);\n        │     ^\n", _writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void At_a_terminal_lines_are_colored_and_whole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(_writer) });
        var pane = new TerminalPane(new Terminal(_writer, console), margin: null);
        pane.Write("half", "  ");
        Assert.Equal("", _writer.ToString());
        pane.Write(" [and] half\n10 %\r20 %", "  ");
        pane.EndLine();
        pane.Problem("failed");

        var text = _writer.ToString();
        Assert.Contains("  half [and] half", text, StringComparison.Ordinal);
        Assert.Contains("  20 %", text, StringComparison.Ordinal);
        Assert.DoesNotContain("10 %", text, StringComparison.Ordinal);
        Assert.Matches(@"\e\[(31|91|38;5;9)mfailed", text);
    }

    [Fact]
    public void Without_a_terminal_lines_are_plain_and_come_as_they_are_written()
    {
        var terminal = new Terminal(_writer);
        var pane = new TerminalPane(terminal, margin: null);
        pane.Write("half", "  ");
        Assert.Equal("  half", _writer.ToString());
        pane.Problem("failed");

        Assert.Equal("  half\nfailed\n", _writer.ToString());
    }

    private (TerminalReport Report, List<NotebookJob> Jobs) Report(params string[] names)
    {
        foreach (var name in names)
            NotebookDocument.Create(NotebookCell.Markdown($"# The title of {name}"), NotebookCell.Code("first();"), NotebookCell.Code("second();")).Write(_folder[name]);
        List<NotebookJob> jobs = [.. names.Select(name => NotebookJob.Load(_folder[name]))];
        return (new TerminalReport(new Terminal(_writer), TimeProvider.System, jobs, _folder["out"], sideBySide: false), jobs);
    }

    private void WriteEarlier(string name, string[] cells, int seconds)
    {
        var document = NotebookDocument.Create(cells.Select(cell => NotebookCell.Code(cell)));
        foreach (var cell in document.Cells)
        {
            cell.Metadata["execution"] = new System.Text.Json.Nodes.JsonObject
            {
                ["iopub.execute_input"] = "2026-01-01T10:00:00.000000Z",
                ["shell.execute_reply"] = $"2026-01-01T10:{seconds / 60:00}:{seconds % 60:00}.000000Z",
            };
        }
        document.Write(_folder[$"out/{name}"]);
    }

    private static string Rendered(TerminalReport report)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 160;
        console.Write(report.Render());
        return writer.ToString();
    }
}
