using System.Diagnostics;
using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Notebooks in processes of their own: what comes over, and what of them survives their end.</summary>
public sealed class IsolationTests : IDisposable
{
    private const string Import = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern ";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_notebook_runs_as_it_does_in_this_process()
    {
        string[] cells =
        [
            "Console.Write(\"a\\n\"); Console.Error.Write(\"b \\ud83d\\ude00\"); var shown = display(HTML(\"<b>x</b>\")); Console.Write('\\ud83d'); Console.Write('\\ude00');",
            "\"first\".DisplayAs(\"text/markdown\"); shown.Update(\"later\"); \"[1]\".DisplayAs(\"application/json\"); new { A = 1, B = \"é\\u2028\" }",
            "#!time\nEnvironment.CurrentDirectory.Length > 0",
            "throw new FormatException(\"no\\nnot so\");",
        ];

        var here = await Run(Isolation.None, cells);
        var there = await Run(Isolation.Process, cells);

        Assert.Equal(RunStatus.Failed, there.Status);
        Assert.Equal(here.Failure, there.Failure);
        Assert.Equal(Comparable(here), Comparable(there));
    }

    [Fact]
    public async Task A_ToString_of_a_library_that_overflows_the_stack_ends_the_cell_with_its_name()
    {
        SampleAssemblies.Compile(_folder.Path, "Ring", "namespace Ring; public class Node { public Node Next; public override string ToString() => \"->\" + Next; }");

        var result = await Run(Isolation.Process, "#r \"Ring.dll\"\nvar node = new Ring.Node();\nnode.Next = node;", "node");

        Assert.Equal("ProcessEnded", result.Error!.Name);
        Assert.EndsWith("Stack overflow: infinite recursion in Ring.Node.ToString().", result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_in_the_folder_of_its_file_and_not_in_this_process()
    {
        var result = await Run(Isolation.Process, "Console.Write(Environment.CurrentDirectory + \" \" + Environment.ProcessId);");

        var said = Text(result, 0).Split(' ');
        Assert.Equal(_folder.Path, said[0]);
        Assert.NotEqual($"{Environment.ProcessId}", said[1]);
    }

    [FactOnUnix]
    public async Task What_native_code_and_other_programs_write_belongs_to_the_cell()
    {
        var result = await Run(
            Isolation.Process,
            Import + "int puts(string text);\n" + Import + "void perror(string text);",
            "puts(\"from C\"); perror(\"complaint\");",
            "System.Diagnostics.Process.Start(\"echo\", \"from a program\").WaitForExit();",
            "Console.Write(\"last\");");

        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal("from C\n", Text(result, 1, "stdout"));
        Assert.StartsWith("complaint: ", Text(result, 1, "stderr"), StringComparison.Ordinal);
        Assert.Equal("from a program\n", Text(result, 2));
        Assert.Equal("last", Text(result, 3));
    }

    [FactOnUnix]
    public async Task Text_of_native_code_and_of_other_programs_is_in_the_order_of_events()
    {
        const string Child = "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"echo NAME\"]).WaitForExit();\n";
        var result = await Run(
            Isolation.Process,
            Import + "int puts(string text);",
            Child.Replace("NAME", "child") + "42",
            "Console.Write(\"a\"); puts(\"b\"); display(\"c\"); puts(\"d\"); Console.Error.Write(\"e\"); "
                + Child.Replace("NAME", "f >&2") + "Console.Write(\"g\");\n" + Child.Replace("NAME", "h") + "\"i\"");

        Assert.Equal(["child\n", "42"], Outputs(result, 1));
        Assert.Equal(["ab\n", "c", "d\n", "ef\n", "gh\n", "i"], Outputs(result, 2));
    }

    [Fact]
    public async Task Outputs_have_the_form_in_which_jupyter_writes_them()
    {
        var result = await Run(Isolation.Process, "\"iVBO\\nRw0K\".DisplayAs(\"image/png\");", "\"<svg>\\n</svg>\".DisplayAs(\"image/svg+xml\");");

        Assert.Equal("\"iVBO\\nRw0K\"", result.Document.Cells[0].Outputs[0]!["data"]!["image/png"]!.ToJsonString());
        Assert.Equal(2, result.Document.Cells[1].Outputs[0]!["data"]!["image/svg+xml"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_terminal_shows_the_beginning_of_endless_output_and_the_notebook_keeps_it()
    {
        var report = new Echo();
        var result = await Run(
            new NotebookRunOptions { Isolation = Isolation.Process }, report, "for (var i = 0; i < 100; i++) Console.WriteLine(new string('x', 9_999));", "\"next\"");

        Assert.Equal(1_000_000, Text(result, 0).Length);
        Assert.InRange(report.Length, 200_000, 200_200);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_arrive_whole_and_in_order()
    {
        var result = await Run(Isolation.Process, "for (var i = 0; i < 100_000; i++) Console.WriteLine(i);");

        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")), Text(result, 0));
    }

    [Fact]
    public async Task A_cell_that_prints_without_end_does_not_fill_the_runners_memory()
    {
        var result = await Run(Isolation.Process, "for (var i = 0; i < 50; i++) Console.Write(new string('x', 1_000_000));", "\"next\"");

        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.EndsWith("x\n… the rest of this cell's text is omitted: it has more than 32 million characters\n", Text(result, 0), StringComparison.Ordinal);
        Assert.InRange(Text(result, 0).Length, 32_000_000, 33_000_000);
    }

    [TheoryOnUnix]
    [InlineData("Environment.FailFast(\"boom\");", "SIGABRT): Process terminated. boom")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteInt32(123456789, 0);", "SIGABRT): Fatal error. System.AccessViolationException")]
    [InlineData("int Deeper(int n) => Deeper(n + 1) + 1;\nDeeper(0)", "SIGABRT): Stack overflow: infinite recursion in Deeper(Int32).")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); System.Threading.Thread.Sleep(-1);", "killed (SIGKILL)")]
    [InlineData("Environment.Exit(3);", "with exit code 3.")]
    public async Task The_cell_that_ends_its_process_is_named_and_what_ran_is_kept(string cell, string reason)
    {
        var result = await Run(Isolation.Process, "1", "Console.WriteLine(\"begun\");\n" + cell, "3");

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Contains(reason, result.Failure, StringComparison.Ordinal);
        Assert.StartsWith("n.ipynb: cell 2: ProcessEnded: The notebook's process ended while this cell ran, ", result.Failure, StringComparison.Ordinal);
        var copy = NotebookDocument.Read(result.CopyPath!);
        Assert.Equal("1", copy.Cells[0].Outputs[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
        Assert.Equal("begun\n", Text(result, 1, "stdout"));
        Assert.Equal("ProcessEnded", copy.Cells[1].Outputs[^1]!["ename"]!.GetValue<string>());
        Assert.Empty(copy.Cells[2].Outputs);
        Assert.Equal([CellVerdict.Succeeded, CellVerdict.Failed, CellVerdict.NotReached], result.Cells.Select(entry => entry.Verdict));
    }

    [Theory]
    [InlineData("Environment.FailFast(loud);")]
    [InlineData("int Deeper(int n) => Deeper(n + 1) + 1;\nDeeper(0)")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); System.Threading.Thread.Sleep(-1);")]
    [InlineData("Environment.Exit(3);")]
    public async Task The_warnings_about_a_cell_that_ends_its_process_are_shown_before_its_error(string end)
    {
        SampleAnalyzers.Place(Path.Combine(_folder.Path, "lib"));

        var result = await Run(Isolation.Process, "#r \"lib/Voice.dll\"\nvar word = \"a\";", "// says it\nvar loud = Voice.Shout(word);\n" + end, "Voice.Shout(\"b\")");

        var outputs = result.Document.Cells[1].Outputs;
        Assert.Equal("ProcessEnded", outputs[^1]!["ename"]!.GetValue<string>());
        Assert.StartsWith("line 2: warning T001: Shout is loud", outputs[^2]!["data"]!["text/plain"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(outputs, output => (string?)output!["output_type"] == "display_data");
    }

    [Fact]
    public async Task An_exception_that_no_one_catches_names_its_line_and_leaves_out_the_hosts_frames()
    {
        var result = await Run(Isolation.Process, "var thread = new System.Threading.Thread(() =>\n    throw new FormatException(\"no\"));\nthread.Start();\nthread.Join();");

        Assert.StartsWith("n.ipynb: cell 1, line 2: ProcessEnded: ", result.Failure, StringComparison.Ordinal);
        Assert.Contains("Unhandled exception. System.FormatException: no", Text(result, 0, "stderr"), StringComparison.Ordinal);
        Assert.DoesNotContain("Thread.StartCallback", Text(result, 0, "stderr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_that_are_allowed_do_not_make_a_dead_process_run_on()
    {
        var result = await Run(new NotebookRunOptions { Isolation = Isolation.Process, AllowErrors = true }, null, "throw new FormatException();", "Environment.Exit(3);", "3");

        Assert.Equal([CellVerdict.ErrorAllowed, CellVerdict.Failed, CellVerdict.NotReached], result.Cells.Select(cell => cell.Verdict));
    }

    [Fact]
    public async Task A_runaway_cell_is_stopped_by_its_limit_and_keeps_its_outputs()
    {
        var time = new TimeIsUp();
        var options = new NotebookRunOptions { Isolation = Isolation.Process, CellLimit = TimeSpan.FromSeconds(7), Grace = TimeSpan.FromMilliseconds(1), Time = time };

        var result = await Run(options, new AtText("begun", time.Now), "1", "Console.WriteLine(\"begun\");\nwhile (true) { }", "3");

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.StartsWith("n.ipynb: cell 2", result.Failure, StringComparison.Ordinal);
        Assert.Contains(": CellTimeLimit: The cell ran longer than its limit of 7 s", result.Failure, StringComparison.Ordinal);
        Assert.Equal("begun\n", Text(result, 1));
        Assert.Equal("CellTimeLimit", result.Document.Cells[1].Outputs[1]!["ename"]!.GetValue<string>());
        Assert.Equal(CellVerdict.NotReached, result.Cells[2].Verdict);
    }

    [FactOnUnix]
    public async Task A_cell_in_native_code_is_stopped_by_ending_its_process()
    {
        var time = new TimeIsUp();
        var options = new NotebookRunOptions { Isolation = Isolation.Process, NotebookLimit = TimeSpan.FromSeconds(60), Grace = TimeSpan.FromMilliseconds(1), Time = time };

        var result = await Run(
            options,
            new AtText("begun", time.Now),
            Import + "int sleep(int seconds);",
            "Console.Write(\"begun \" + Environment.ProcessId);\nSystem.Threading.Tasks.Task.Run(() => sleep(1000)).Wait();\nsleep(1000);");

        Assert.Equal(
            "n.ipynb: cell 2: NotebookTimeLimit: The notebook ran longer than its limit of 60 s; it did not stop on request, so its process was ended.",
            result.Failure);
        var id = int.Parse(Text(result, 1).Split(' ')[1]);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public async Task A_request_to_stop_ends_the_notebook_and_its_process()
    {
        using var stop = new CancellationTokenSource();
        var path = Write("Console.Write(\"begun\");\nwhile (true) { }");
        var options = new NotebookRunOptions { Isolation = Isolation.Process, Grace = TimeSpan.FromMilliseconds(1) };

        var result = await new NotebookRunner(options, new AtText("begun", stop.Cancel)).RunAsync(path, cancellation: stop.Token);

        Assert.Equal("n.ipynb: interrupted in cell 1", result.Failure);
        Assert.Equal("begun", Text(result, 0));
    }

    [Fact]
    public async Task A_report_that_fails_fails_the_run_and_leaves_no_process_behind()
    {
        var options = new NotebookRunOptions { Isolation = Isolation.Process };
        var report = new AtText("begun", () => throw new IOException("the report's disk is full"));

        var error = await Assert.ThrowsAsync<IOException>(() => Run(options, report, "Console.Write(\"begun\");\nwhile (true) { }"));

        Assert.Equal("the report's disk is full", error.Message);
    }

    private Task<NotebookResult> Run(Isolation isolation, params string[] cells)
        => Run(new NotebookRunOptions { Isolation = isolation }, null, cells);

    private Task<NotebookResult> Run(NotebookRunOptions options, IRunReport? report, params string[] cells)
        => new NotebookRunner(options with { OutputFolder = _folder["out"] }, report).RunAsync(Write(cells));

    private string Write(params string[] cells)
    {
        NotebookDocument.Create(cells.Select(cell => NotebookCell.Code(cell))).Write(_folder["n.ipynb"]);
        return _folder["n.ipynb"];
    }

    private static string Text(NotebookResult result, int cell, string? stream = null)
        => string.Concat(result.Document.Cells[cell].Outputs
            .Where(output => output!["text"] is not null && (stream ?? output["name"]!.GetValue<string>()) == output["name"]!.GetValue<string>())
            .SelectMany(output => output!["text"]!.AsArray().Select(line => line!.GetValue<string>())));

    private static IEnumerable<string> Outputs(NotebookResult result, int cell)
        => result.Document.Cells[cell].Outputs.Select(output
            => string.Concat((output!["text"] ?? output["data"]!["text/plain"])!.AsArray().Select(line => line!.GetValue<string>())));

    private static string Comparable(NotebookResult result)
        => System.Text.RegularExpressions.Regex.Replace(
            string.Join('\n', result.Document.CodeCells.Select(cell => cell.Outputs.ToJsonString())), @"Wall time: [\d.]+", "Wall time: ");

    private sealed class AtText(string awaited, Action then) : IRunReport
    {
        public void Text(ConsoleChannel channel, string text)
        {
            if (text.Contains(awaited, StringComparison.Ordinal))
                then();
        }
    }

    private sealed class Echo : IRunReport
    {
        public int Length { get; private set; }

        public void Text(ConsoleChannel channel, string text) => Length += text.Length;
    }
}
