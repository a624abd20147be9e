using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

/// <summary><c>nb run</c> as its users start it: side by side, limits, reports, pages, and being stopped.</summary>
public sealed class RunCommandTests : IDisposable
{
    private static readonly XNamespace _trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Notebooks_side_by_side_need_not_wait_for_each_other_and_share_the_cores()
    {
        // each waits for what the other leaves, so that one after the other they would never end
        Write("a.ipynb", Meet("a", "b"));
        Write("b.ipynb", Meet("b", "a"));

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "run", "a.ipynb", "b.ipynb", "--jobs", "2");

        Assert.Equal(0, code);
        var threads = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? $"{Math.Max(1, Environment.ProcessorCount / 2)}";
        Assert.Contains($"a.ipynb │      a met b with {threads}\n", output, StringComparison.Ordinal);
        Assert.Contains($"b.ipynb │      b met a with {threads}\n", output, StringComparison.Ordinal);
        Assert.Contains("a.ipynb │ completed after ", output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 notebooks completed", output, StringComparison.Ordinal);

        static string Meet(string own, string other) => $$"""
            System.IO.File.WriteAllText("{{own}}.txt", "");
            while (!System.IO.File.Exists("{{other}}.txt")) await Task.Delay(10);
            Console.Write("{{own}} met "); Console.WriteLine("{{other}} with " + Environment.GetEnvironmentVariable("OMP_NUM_THREADS"));
            """;
    }

    [FactOnLinux]
    public async Task The_runner_itself_does_not_load_the_compiler()
    {
        Write("n.ipynb", """
            var parent = System.IO.File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[1];
            System.IO.File.ReadLines($"/proc/{parent}/maps").Any(line => line.Contains("Microsoft.CodeAnalysis"))
            """);

        var (_, output, _) = await NbProcess.RunAsync(_folder.Path, "run", "n.ipynb");

        Assert.Contains("      False\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_its_own_notebooks_and_the_others_run_on()
    {
        Write("fault.ipynb", "Environment.FailFast(\"boom\");");
        Write("sound.ipynb", "\"sound\"");

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "run", "fault.ipynb", "sound.ipynb");

        Assert.Equal(1, code);
        Assert.Contains("      sound\n", output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 notebooks completed", output, StringComparison.Ordinal);
        Assert.Contains("\nfault.ipynb: cell 1: ProcessEnded: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runaway_cell_is_stopped_by_the_limit_asked_for()
    {
        Write("runaway.ipynb", "while (true) { }");

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "run", "runaway.ipynb", "--timeout", "0.5", "--out", "results");

        Assert.Equal(1, code);
        Assert.Contains("\nrunaway.ipynb: cell 1", output, StringComparison.Ordinal);
        Assert.Contains(": CellTimeLimit: The cell ran longer than its limit of 0.5 s", output, StringComparison.Ordinal);
        Assert.Contains("CellTimeLimit", File.ReadAllText(_folder["results/runaway.ipynb"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowed_errors_are_told_and_do_not_fail_the_run()
    {
        Write("n.ipynb", "throw new FormatException(\"as meant\");", "\"went on\"");

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "run", "n.ipynb", "--allow-errors");

        Assert.Equal(0, code);
        Assert.Contains("went on", output, StringComparison.Ordinal);
        Assert.EndsWith("allowed: n.ipynb: cell 1, line 1: FormatException: as meant\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_let_a_cell_raise_or_be_left_out()
    {
        var kept = NotebookCell.Code("throw new FormatException(\"never run\");", "skip-execution");
        kept.Outputs.Add((JsonNode)new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = "from before" });
        NotebookDocument.Create(
            NotebookCell.Code("throw new FormatException(\"as meant\");", "raises-exception"), kept, NotebookCell.Code("2")).Write(_folder["n.ipynb"]);

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "run", "n.ipynb", "--out", "results");

        Assert.Equal(0, code);
        Assert.Contains("cell 2/2  2\n", output, StringComparison.Ordinal);
        var copy = NotebookDocument.Read(_folder["results/n.ipynb"]);
        Assert.Equal("FormatException", copy.Cells[0].Outputs[0]!["ename"]!.GetValue<string>());
        Assert.Equal("from before", copy.Cells[1].Outputs[0]!["text"]!.GetValue<string>());
        Assert.Null(copy.Cells[1].ExecutionCount);
    }

    [Fact]
    public async Task Reports_for_servers_have_a_case_for_each_cell()
    {
        Write("a.ipynb", "1", "throw new FormatException(\"no \\u001b[31m<&>\");", "3");
        Write("b.ipynb", "Environment.FailFast(\"boom\");");

        var (code, _, _) = await NbProcess.RunAsync(
            _folder.Path, "run", "a.ipynb", "b.ipynb", "--junit", "reports/junit.xml", "--trx", "reports/run.trx");

        Assert.Equal(1, code);
        var junit = XDocument.Load(_folder["reports/junit.xml"]).Root!;
        Assert.Equal(("4", "1", "1"), (junit.Attribute("tests")!.Value, junit.Attribute("failures")!.Value, junit.Attribute("errors")!.Value));
        var suites = junit.Elements("testsuite").ToList();
        Assert.Equal(["a.ipynb", "b.ipynb"], suites.Select(suite => suite.Attribute("name")!.Value));
        var cases = suites[0].Elements("testcase").ToList();
        Assert.Equal(["cell 1: 1", "cell 2: throw new FormatException(\"no \\u001b[31m<&>\");", "cell 3: 3"], cases.Select(entry => entry.Attribute("name")!.Value));
        Assert.Equal(["", "failure", "skipped"], cases.Select(entry => entry.Elements().SingleOrDefault()?.Name.LocalName ?? ""));
        Assert.Equal("no \uFFFD[31m<&>", cases[1].Element("failure")!.Attribute("message")!.Value);
        Assert.Equal("FormatException", cases[1].Element("failure")!.Attribute("type")!.Value);
        Assert.Equal("ProcessEnded", suites[1].Element("testcase")!.Element("error")!.Attribute("type")!.Value);

        var trx = XDocument.Load(_folder["reports/run.trx"]).Root!;
        var results = trx.Element(_trx + "Results")!.Elements().ToList();
        Assert.Equal(["Passed", "Failed", "NotExecuted", "Failed"], results.Select(result => result.Attribute("outcome")!.Value));
        Assert.StartsWith("FormatException: no ", results[1].Descendants(_trx + "Message").Single().Value, StringComparison.Ordinal);
        var counters = trx.Descendants(_trx + "Counters").Single();
        Assert.Equal(("4", "3", "1", "2"), (counters.Attribute("total")!.Value, counters.Attribute("executed")!.Value, counters.Attribute("passed")!.Value, counters.Attribute("failed")!.Value));
        var ids = results.Select(result => result.Attribute("testId")!.Value).ToList();
        Assert.Equal(ids, trx.Element(_trx + "TestDefinitions")!.Elements().Select(test => test.Attribute("id")!.Value));
        Assert.Equal(ids, trx.Element(_trx + "TestEntries")!.Elements().Select(test => test.Attribute("testId")!.Value));
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task Pages_hold_the_outputs_and_the_list_leads_to_them()
    {
        Write("a b.ipynb", "HTML(\"<b>shown</b>\")");

        var (code, _, _) = await NbProcess.RunAsync(_folder.Path, "run", "a b.ipynb", "--html", "--out", "results");

        Assert.Equal(0, code);
        Assert.Contains("<b>shown</b>", File.ReadAllText(_folder["results/a b.html"]), StringComparison.Ordinal);
        var list = File.ReadAllText(_folder["results/index.html"]);
        Assert.Contains("<a href=\"a%20b.html\">a b.ipynb</a> (<a href=\"a%20b.ipynb\">notebook</a>)", list, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task Ctrl_C_ends_every_notebook_and_their_copies_say_so()
    {
        Write("a.ipynb", "Console.WriteLine(\"a spins\");\nwhile (true) { }");
        Write("b.ipynb", "Console.WriteLine(\"b waits\");\nawait Task.Delay(-1);");
        Write("c.ipynb", "\"never\"");
        using var process = NbProcess.Start(_folder.Path, "run", "a.ipynb", "b.ipynb", "c.ipynb", "--jobs", "2", "--out", "results");
        await Said(process, "a spins", "b waits");

        await Signal(process, "INT");
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("0 of 3 notebooks completed", rest, StringComparison.Ordinal);
        Assert.EndsWith("a.ipynb: interrupted in cell 1\nb.ipynb: interrupted in cell 1\n", rest, StringComparison.Ordinal);
        foreach (var name in (string[])["a", "b"])
            Assert.Equal("Interrupted", NotebookDocument.Read(_folder[$"results/{name}.ipynb"]).Cells[0].Outputs[1]!["ename"]!.GetValue<string>());
        Assert.False(File.Exists(_folder["results/c.ipynb"]));
    }

    [FactOnUnix]
    public async Task A_killed_run_leaves_the_old_or_the_new_copy()
    {
        const string Large = "Console.WriteLine(new string('x', 5_000_000)); \"";
        Write("n.ipynb", Large + "run 0\"");
        var clock = Stopwatch.StartNew();
        await NbProcess.RunAsync(_folder.Path, "run", "n.ipynb", "--out", "results");
        var whole = clock.Elapsed;
        var random = new Random(4);
        for (var run = 1; run <= 4; run++)
        {
            var old = File.ReadAllText(_folder["results/n.ipynb"]);
            Write("n.ipynb", $"{Large}run {run}\"");
            using var process = NbProcess.Start(_folder.Path, "run", "n.ipynb", "--out", "results");
            _ = process.StandardOutput.ReadToEndAsync();

            await Task.Delay(whole * (0.4 + random.NextDouble()));
            await Signal(process, "KILL");
            await process.WaitForExitAsync();

            var text = File.ReadAllText(_folder["results/n.ipynb"]);
            if (text != old)
                Assert.Equal($"run {run}", NotebookDocument.Parse(text).Cells[0].Outputs[1]!["data"]!["text/plain"]![0]!.GetValue<string>());
        }
    }

    [FactOnLinux]
    public async Task A_notebooks_process_ends_with_its_runner()
    {
        Write("n.ipynb", "Console.WriteLine($\"pid {Environment.ProcessId}\");\nwhile (true) { }");
        using var process = NbProcess.Start(_folder.Path, "run", "n.ipynb");
        var line = await Said(process, "pid");
        var child = int.Parse(line.Trim().Split(' ')[1]);

        await Signal(process, "KILL");

        while (File.Exists($"/proc/{child}/stat") && !File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal))
            await Task.Delay(20);
    }

    private static async Task<string> Said(Process process, params string[] awaited)
    {
        var open = awaited.ToList();
        var line = "";
        while (open.Count > 0)
        {
            line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"It ended before it said {open[0]}.");
            open.RemoveAll(text => line.Contains(text, StringComparison.Ordinal) && !line.Contains("cell 1/", StringComparison.Ordinal));
        }
        return line;
    }

    private static async Task Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Write(string name, params string[] cells)
        => NotebookDocument.Create(cells.Select(cell => NotebookCell.Code(cell))).Write(_folder[name]);
}
