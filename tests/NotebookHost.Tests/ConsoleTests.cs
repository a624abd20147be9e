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
        using (var other = new NotebookHost.Sessions.CSharpSession())
            await other.RunAsync("Console.Write(1);", new RecordingSink());

        Assert.Same(before, Console.Out);
    }
}
