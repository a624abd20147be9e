using NotebookHost.Kernels;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class StoppingTests : IDisposable
{
    private readonly CSharpSession _session = new(new SessionOptions { StopGrace = TimeSpan.FromMilliseconds(50) });

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);")]
    [InlineData("async Task Spin() { while (true) { } }\nawait Spin();")]
    [InlineData("await Task.Yield();\nwhile (true) { }")]
    [InlineData("async Task Spin() { await Task.Delay(1); while (true) { } }\nSpin().Wait();")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await new TaskCompletionSource().Task;")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("while (true) Console.Write(\"x\");")]
    [InlineData("var d = display(0);\nwhile (true) d.Update(1);")]
    [InlineData("lock (new object()) while (true) await_();\nvoid await_() => Task.Delay(10).Wait();")]
    public async Task A_cell_that_does_not_end_is_stopped_and_the_session_goes_on(string cell)
    {
        await Run("var kept = 5;\ndisplay(kept).Update(6);");

        Assert.Equal(CellStatus.Canceled, await Stop("Console.WriteLine(\"begun\");\n" + cell));

        Assert.Equal("5", (await Run("kept")).ResultText);
        Assert.Equal(["out: heard\n"], (await Run("Console.WriteLine(\"heard\");")).Outputs);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("await Task.Yield();\nwhile (true) { }")]
    [InlineData("async Task Spin() { await Task.Delay(1); while (true) { } }\nSpin().Wait();")]
    public async Task A_session_stops_one_endless_cell_after_the_other(string cell)
    {
        for (var i = 0; i < 4; i++)
            Assert.Equal(CellStatus.Canceled, await Stop("Console.WriteLine(\"begun\");\n" + cell));
        Assert.Equal("5", (await Run("2 + 3")).ResultText);
    }

    [Fact]
    public async Task What_a_stopped_cell_had_assigned_stays()
    {
        await Run("var steps = 0;");

        await Stop("var mine = 7;\nsteps = 3;\nConsole.WriteLine(\"begun\");\nwhile (true) { }");

        Assert.Equal("10", (await Run("mine + steps")).ResultText);
    }

    [Fact]
    public async Task A_cell_that_heeds_the_request_ends_in_its_own_way()
    {
        using var session = new CSharpSession(new SessionOptions { StopGrace = Timeout.InfiniteTimeSpan });
        using var stop = new CancellationTokenSource();
        var sink = new StoppingSink(stop);

        var outcome = await session.RunAsync("""
            var token = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken;
            Console.WriteLine("begun");
            while (!token.IsCancellationRequested) System.Threading.Thread.Sleep(1);
            "saved"
            """, sink, stop.Token);

        Assert.Equal(CellStatus.Succeeded, outcome.Status);
        Assert.Equal("saved", sink.ResultText);
    }

    [Fact]
    public async Task A_cell_that_throws_on_the_request_is_cancelled()
    {
        Assert.Equal(CellStatus.Canceled, await Stop("""
            var token = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken;
            Console.WriteLine("begun");
            Task.Delay(-1, token).Wait();
            """));
    }

    [Theory]
    [InlineData("public override string ToString() { Console.WriteLine(\"begun\"); while (true) { } }")]
    [InlineData("public int Value { get { Console.WriteLine(\"begun\"); while (true) { } } }")]
    [InlineData("public int Value { get { while (true) { try { Console.WriteLine(\"begun\"); while (true) { } } catch (Exception) { } } } }")]
    public async Task A_value_whose_text_does_not_end_is_stopped_and_the_session_goes_on(string member)
    {
        Assert.Equal(CellStatus.Canceled, await Stop($"class Endless {{ {member} }}\nnew Endless()"));

        Assert.Contains("Value", (await Run("new { Value = 5 }")).ResultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formatter_that_does_not_end_is_stopped()
    {
        await Run("""
            using Microsoft.DotNet.Interactive.Formatting;
            class Slow { }
            Formatter.Register<Slow>(slow => { Console.WriteLine("begun"); while (true) { } }, "text/html");
            """);

        Assert.Equal(CellStatus.Canceled, await Stop("new Slow()"));
    }

    [Fact]
    public async Task What_is_left_of_a_stopped_cell_does_not_run_later()
    {
        await Run("var gate = new TaskCompletionSource();\nvar touched = false;");
        await Stop("Console.WriteLine(\"begun\");\nawait gate.Task;\ntouched = true;");

        Assert.Equal("False", (await Run("gate.SetResult();\nawait Task.Yield();\ntouched")).ResultText);
    }

    [Fact]
    public async Task An_exception_that_nothing_awaits_is_reported_and_does_not_end_the_process()
    {
        var sink = await Run("""
            var thrown = new TaskCompletionSource();
            async void Lost() { await Task.Yield(); thrown.SetResult(); throw new InvalidOperationException("lost"); }
            Lost();
            await thrown.Task;
            """);

        while (!string.Concat(sink.Outputs).Contains("InvalidOperationException: lost", StringComparison.Ordinal))
            await Task.Yield();
    }

    [Fact]
    public async Task A_request_that_came_before_the_cell_keeps_it_from_running()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Equal(CellStatus.Canceled, (await _session.RunAsync("1", new RecordingSink(), stop.Token)).Status);
    }

    private async Task<RecordingSink> Run(string code)
    {
        var sink = new RecordingSink();
        var outcome = await _session.RunAsync(code, sink);
        Assert.True(outcome.Status == CellStatus.Succeeded, string.Join('\n', outcome.Error?.Traceback ?? []));
        return sink;
    }

    /// <summary>Runs a cell and stops it once it has written something.</summary>
    private async Task<CellStatus> Stop(string code)
    {
        using var stop = new CancellationTokenSource();
        var outcome = await _session.RunAsync(code, new StoppingSink(stop), stop.Token);
        Assert.True(outcome.Error is null, string.Join('\n', outcome.Error?.Traceback ?? []));
        return outcome.Status;
    }
}
