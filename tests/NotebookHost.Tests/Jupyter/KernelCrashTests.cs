using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookHost.Tests.Jupyter;

/// <summary>Cells that end their process, or have to be ended with it: the kernel goes on.</summary>
public sealed class KernelCrashTests(KernelProtocolTests.Kernel kernel) : IClassFixture<KernelProtocolTests.Kernel>
{
    private const string Import = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern ";

    private readonly KernelClient _client = kernel.Client;

    [TheoryOnUnix]
    [InlineData("Environment.FailFast(\"boom\");", "by a fatal error (SIGABRT): Process terminated. boom")]
    [InlineData("int Deeper(int n) => Deeper(n + 1) + 1;\nDeeper(0)", "by a fatal error (SIGABRT): Stack overflow: infinite recursion in Deeper(Int32).")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteInt32(123456789, 0);", "by a fatal error (SIGABRT): Fatal error. System.AccessViolationException")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); System.Threading.Thread.Sleep(-1);", "killed (SIGKILL)")]
    [InlineData("Environment.Exit(3);", "with exit code 3.")]
    [InlineData("var thread = new System.Threading.Thread(() => throw new FormatException(\"no\"));\nthread.Start();\nthread.Join();", "Unhandled exception. System.FormatException: no")]
    public void The_kernel_survives_a_cell_that_ends_its_process(string cell, string reason)
    {
        var (reply, published) = _client.Run("Console.WriteLine(\"begun\");\n" + cell);

        Assert.Equal(("error", "ProcessEnded"), ((string?)reply["status"], (string?)reply["ename"]));
        Assert.Contains(reason, (string?)reply["evalue"], StringComparison.Ordinal);
        Assert.Equal("stream: stdout begun\n", published[2]);
        Assert.StartsWith("error: ProcessEnded: The notebook's process ended while this cell ran, ", published[^2], StringComparison.Ordinal);
        Assert.EndsWith("42", _client.Run("42").Published[^2], StringComparison.Ordinal);
    }

    [FactOnUnix]
    public void An_abort_in_native_code_names_the_cell_and_the_line()
    {
        var reply = _client.Run(Import + "void abort();\nvoid Fail()\n{\n    abort();\n}\nFail();").Reply;

        Assert.Contains($"cell {reply["execution_count"]}, line 4: The notebook's process ended while this cell ran, by a fatal error (SIGABRT)", Traceback(reply), StringComparison.Ordinal);
    }

    [Fact]
    public void The_warnings_about_a_cell_that_ends_its_process_are_shown_before_its_error()
    {
        // a kernel of its own, for the library is deleted
        using var folder = new TemporaryFolder();
        using var other = new KernelProcess();
        using var client = new KernelClient(other.Connection, other.Process);
        client.Run($"#r \"{SampleAnalyzers.Place(folder.Path)}\"\nvar word = \"a\";");

        var published = client.Run("// says it\nvar loud = Voice.Shout(word);\nEnvironment.FailFast(loud);").Published;

        Assert.StartsWith("display_data: line 2: warning T001: Shout is loud", published[^3], StringComparison.Ordinal);
        Assert.StartsWith("error: ProcessEnded", published[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_variables_are_gone_and_the_error_says_what_to_do()
    {
        _client.Run("var kept = 5;");

        var reply = _client.Run("Environment.FailFast(\"boom\");").Reply;

        Assert.Contains("The variables are lost and a new session has started.", Traceback(reply), StringComparison.Ordinal);
        Assert.Contains("#!rerun", Traceback(reply), StringComparison.Ordinal);
        Assert.Equal("CS0103", (string?)_client.Run("kept").Reply["ename"]);
    }

    [Fact]
    public void Rerun_runs_the_cells_of_the_lost_session_again_and_then_its_own_code()
    {
        _client.Run("var shown = 0;");
        _client.Run("shown += 1; Console.WriteLine(\"not again\");");
        _client.Run("throw new Exception();");
        _client.Run("Environment.FailFast(\"boom\");");

        var (reply, published) = _client.Run("#!rerun\nshown");

        Assert.Equal("ok", (string?)reply["status"]);
        Assert.EndsWith("] 1", published[^2], StringComparison.Ordinal);
        Assert.DoesNotContain(published, line => line.Contains("not again\n", StringComparison.Ordinal));
        Assert.Contains(published, line => Regex.IsMatch(line, @"^update_display_data: Reran \d+ cells"));
    }

    [Fact]
    public void A_cell_that_fails_when_it_is_run_again_is_named()
    {
        // a kernel of its own, for these cells fail when they are run again
        using var other = new KernelProcess();
        using var client = new KernelClient(other.Connection, other.Process);
        client.Run("var isFirst = !System.IO.File.Exists(\"ran\");");
        client.Run("System.IO.File.WriteAllText(\"ran\", \"\");\nif (!isFirst) throw new FormatException(\"not again\");");
        client.Run("Environment.FailFast(\"boom\");");

        var reply = client.Run("#!rerun\n\"not reached\"").Reply;

        Assert.Equal(("error", "FormatException"), ((string?)reply["status"], (string?)reply["ename"]));
        Assert.Contains("cell 2, line 2", Traceback(reply), StringComparison.Ordinal);
    }

    [Fact]
    public void Rerun_with_nothing_lost_says_so()
    {
        _client.Run("#!rerun");

        var (reply, published) = _client.Run("#!rerun");

        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Contains("display_data: There is nothing to rerun: the session has not been lost.", published);
    }

    [Fact]
    public async Task A_process_that_ends_between_cells_is_reported_by_the_next_cell_which_is_not_run()
    {
        var id = int.Parse(_client.Run("Environment.ProcessId").Published[^2].Split(' ')[^1]);
        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        // the kernel learns it a moment later, and then completes nothing
        while (Matches() > 0)
            await Task.Yield();

        var reply = _client.Run("\"not run\"").Reply;

        Assert.StartsWith("This cell was not run: the notebook's process has ended since the last cell, killed (SIGKILL)", (string?)reply["evalue"], StringComparison.Ordinal);
        Assert.EndsWith("42", _client.Run("42").Published[^2], StringComparison.Ordinal);
    }

    [FactOnLinux]
    public void An_interrupt_that_is_not_heeded_ends_the_session_process_and_not_the_kernel()
    {
        _client.Run("var kept = 5;");
        // a lock that is taken twice: no signal wakes a thread that waits for it
        var request = _client.SendCell(Import + """
            int pthread_mutex_lock(nint mutex);
            var mutex = System.Runtime.InteropServices.Marshal.AllocHGlobal(64);
            for (var i = 0; i < 8; i++)
                System.Runtime.InteropServices.Marshal.WriteInt64(mutex, 8 * i, 0);
            pthread_mutex_lock(mutex);
            Console.WriteLine("waiting");
            pthread_mutex_lock(mutex);
            """);
        _client.Wrote("waiting");

        _client.Ask(_client.Control, "interrupt_request");
        var reply = _client.Reply(request);

        Assert.Equal("Interrupted", (string?)reply["ename"]);
        Assert.Contains("did not stop within 5 s, so its process was ended", (string?)reply["evalue"], StringComparison.Ordinal);
        _client.Published(request);
        Assert.EndsWith("5", _client.Run("#!rerun\nkept").Published[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_given_in_the_new_session()
    {
        _client.Run("Environment.FailFast(\"boom\");");

        Assert.Equal(1, Matches());
    }

    [FactOnUnix]
    public async Task A_session_process_ends_with_its_kernel_and_takes_along_what_its_cells_started()
    {
        using var other = new KernelProcess();
        using var client = new KernelClient(other.Connection, other.Process);
        var ids = client.Run("var child = System.Diagnostics.Process.Start(\"sleep\", \"1000\");\n$\"{Environment.ProcessId} {child.Id}\"").Published[^2]
            .Split(' ')[^2..].Select(int.Parse).ToList();
        using var session = Process.GetProcessById(ids[0]);
        using var child = Process.GetProcessById(ids[1]);

        // the kernel itself: the process that the test started is env, which became dotnet
        other.Process.Kill();

        await session.WaitForExitAsync();
        await child.WaitForExitAsync();
    }

    /// <summary>Asks what Console.WriteL can be completed to.</summary>
    private int Matches()
    {
        var request = new JsonObject { ["code"] = "Console.WriteL", ["cursor_pos"] = 14 };
        return _client.Ask(_client.Shell, "complete_request", request).Content["matches"]?.AsArray().Count ?? 0;
    }

    private static string Traceback(JsonObject reply)
        => Regex.Replace(string.Join('\n', reply["traceback"]!.AsArray().Select(line => (string?)line)), @"\u001b\[[\d;]*m", "");
}
