namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class ConsoleTests : SessionFixture
{
    [Fact]
    public async Task Output_and_error_arrive_in_the_order_written()
    {
        var sink = await Run("Console.Write(1); Console.Error.Write(2); Console.WriteLine(3.5); display(\"shown\"); Console.Write('c');");

        Assert.Equal(["out: 1", "err: 2", "out: 3.5\n", "display: shown", "out: c"], sink.Outputs);
    }

    [Fact]
    public async Task Threads_write_whole_lines_in_the_order_of_their_turns()
    {
        var sink = await Run("""
            for (var i = 0; i < 3; i++)
            {
                var thread = new System.Threading.Thread(number => Console.WriteLine($"thread {number}"));
                thread.Start(i);
                thread.Join();
                await Task.Run(() => Console.Error.WriteLine($"task {i}"));
            }
            """);

        Assert.Equal(
            ["out: thread 0\n", "err: task 0\n", "out: thread 1\n", "err: task 1\n", "out: thread 2\n", "err: task 2\n"],
            sink.Outputs);
    }

    [Fact]
    public async Task Lines_of_many_threads_do_not_mix()
    {
        var sink = await Run("System.Threading.Tasks.Parallel.For(0, 500, i => Console.WriteLine(\"line\" + i));");

        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"line{i}").Order(StringComparer.Ordinal),
            Assert.Single(sink.Outputs)["out: ".Length..].TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_thread_writes_after_its_cell_goes_to_the_cell_that_runs()
    {
        await Run("var gate = new System.Threading.SemaphoreSlim(0);\nvar late = Task.Run(() => { gate.Wait(); Console.Write(\"late\"); });");

        var sink = await Run("gate.Release(); await late;");

        Assert.Equal(["out: late"], sink.Outputs);
    }

    [Fact]
    public async Task The_console_is_given_back_when_the_session_closes()
    {
        var before = Console.Out;
        using (var other = new NotebookHost.Kernels.CSharpSession())
            await other.RunAsync("Console.Write(1);", new RecordingSink());

        Assert.Same(before, Console.Out);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_arrive_in_order()
    {
        var sink = await Run("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);");

        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")), Assert.Single(sink.Outputs)["out: ".Length..]);
    }

    [Fact]
    public async Task Updates_in_a_row_end_with_the_last()
    {
        var sink = await Run("var shown = display(0);\nfor (var i = 1; i <= 1000; i++) shown.Update(i);\nConsole.Write(\"end\");");

        Assert.Equal("display: 0", sink.Outputs[0]);
        Assert.Contains("update: 1000", sink.Outputs);
        Assert.Contains("out: end", sink.Outputs);
    }

    [Fact]
    public async Task Input_is_asked_of_the_host()
    {
        using var session = new NotebookHost.Kernels.CSharpSession();
        var sink = new AnsweringSink();
        await session.RunAsync("$\"{input(\"name\")} {password(\"secret\").GetClearTextPassword()} {Console.ReadLine()} {Console.In.Read()}\"", sink);

        Assert.Equal("name! secret!? ! 33", sink.ResultText);
    }

    [Fact]
    public async Task The_standard_input_as_a_stream_is_asked_of_the_host()
    {
        using var session = new NotebookHost.Kernels.CSharpSession();
        var sink = new AnsweringSink();
        await session.RunAsync("new System.IO.StreamReader(System.Console.OpenStandardInput()).ReadLine()", sink);

        Assert.Equal("!", sink.ResultText);
    }

    [Theory]
    [InlineData("Console.ReadKey()")]
    [InlineData("Console.KeyAvailable")]
    public async Task Reading_keys_is_refused_with_what_to_use_instead(string code)
    {
        Assert.Equal("A notebook cannot read keys because it has no terminal; use Console.ReadLine, which prompts in Jupyter, or a parameter", (await Fail(code)).Message);
    }

    private sealed class AnsweringSink : NotebookHost.Sessions.ICellSink
    {
        public string? ResultText { get; private set; }

        public void Stream(NotebookHost.Sessions.ConsoleChannel stream, string text)
        {
        }

        public void Display(string displayId, NotebookHost.Display.MimeBundle bundle)
        {
        }

        public void Update(string displayId, NotebookHost.Display.MimeBundle bundle)
        {
        }

        public void Result(NotebookHost.Display.MimeBundle bundle) => ResultText = bundle.PlainText;

        public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation)
            => Task.FromResult<string?>(prompt + (isPassword ? "!?" : "!"));
    }
}
