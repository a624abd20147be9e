using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests.Jupyter;

/// <summary>Cells are stopped and asked things while they run.</summary>
public sealed class KernelInterruptTests(KernelProtocolTests.Kernel kernel) : IClassFixture<KernelProtocolTests.Kernel>
{
    private readonly KernelClient _client = kernel.Client;

    [Fact]
    public void An_endless_loop_is_interrupted_and_the_session_goes_on()
    {
        _client.Run("var kept = 5;");
        var request = _client.SendCell("Console.WriteLine(\"spinning\");\nwhile (true) { }");
        _client.Wrote("spinning");

        var interrupt = _client.Ask(_client.Control, "interrupt_request");
        var reply = _client.Reply(request);

        Assert.Equal(("interrupt_reply", "ok"), (interrupt.Type, (string?)interrupt.Content["status"]));
        Assert.Equal("Interrupted", (string?)reply["ename"]);
        Assert.Contains("error: Interrupted: The cell was interrupted", _client.Published(request).Select(KernelClient.Line));
        Assert.EndsWith("5", _client.Run("kept").Published[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_loop_that_writes_is_interrupted_too()
    {
        var request = _client.SendCell("while (true) Console.WriteLine(\"spinning and spinning\");");
        _client.Wrote("spinning");

        _client.Ask(_client.Control, "interrupt_request");

        Assert.Equal("Interrupted", (string?)_client.Reply(request)["ename"]);
    }

    [FactOnUnix]
    public void The_signal_interrupts_as_the_message_does()
    {
        var request = _client.SendCell("Console.WriteLine(\"waiting\");\nawait Task.Delay(-1);");
        _client.Wrote("waiting");

        using (var kill = Process.Start("kill", ["-INT", $"{kernel.Process.Process.Id}"]))
            kill.WaitForExit();

        Assert.Equal("Interrupted", (string?)_client.Reply(request)["ename"]);
    }

    [Fact]
    public void An_interrupt_with_nothing_running_is_answered_and_harmless()
    {
        Assert.Equal("interrupt_reply", _client.Ask(_client.Control, "interrupt_request").Type);
        Assert.Equal("ok", (string?)_client.Run("1").Reply["status"]);
    }

    [Fact]
    public void An_interrupted_cell_aborts_those_that_wait()
    {
        var request = _client.SendCell("Console.WriteLine(\"waiting\");\nawait Task.Delay(-1);");
        var next = _client.SendCell("1");
        _client.Wrote("waiting");

        _client.Ask(_client.Control, "interrupt_request");

        Assert.Equal("error", (string?)_client.Reply(request)["status"]);
        Assert.Equal("aborted", (string?)_client.Reply(next)["status"]);
    }

    [Theory]
    [InlineData("Console.ReadLine()", "", false)]
    [InlineData("input(\"Name? \")", "Name? ", false)]
    [InlineData("password(\"Secret? \").GetClearTextPassword()", "Secret? ", true)]
    public void A_cell_asks_the_one_who_runs_it(string code, string prompt, bool isPassword)
    {
        var request = _client.SendCell(code, mayAsk: true);

        var question = _client.Receive(_client.StdIn);
        _client.Send(_client.StdIn, "input_reply", new JsonObject { ["value"] = "Ada 😀" });

        Assert.Equal("input_request", question.Type);
        Assert.Equal((prompt, isPassword), ((string?)question.Content["prompt"], (bool)question.Content["password"]!));
        Assert.Equal(KernelClient.Id(request.Header), KernelClient.Id(question.ParentHeader));
        Assert.Equal("ok", (string?)_client.Reply(request)["status"]);
        Assert.EndsWith("Ada 😀", KernelClient.Line(_client.Published(request)[^2]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Console.ReadLine()")]
    [InlineData("Console.Read()")]
    [InlineData("Console.In.ReadToEnd()")]
    [InlineData("await Console.In.ReadLineAsync()")]
    [InlineData("input()")]
    [InlineData("await GetInputAsync()")]
    public void Input_is_refused_where_nobody_can_answer(string code)
    {
        var reply = _client.Run(code).Reply;

        // the framework's own functions throw a plain exception
        Assert.Contains((string?)reply["ename"], (string[])["InvalidOperationException", "Exception"]);
        Assert.StartsWith("The notebook requests input, which is not available here", (string?)reply["evalue"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_waits_for_an_answer_can_be_interrupted()
    {
        var request = _client.SendCell("Console.ReadLine()", mayAsk: true);
        _client.Receive(_client.StdIn);

        _client.Ask(_client.Control, "interrupt_request");

        Assert.Equal("Interrupted", (string?)_client.Reply(request)["ename"]);
        Assert.Equal("ok", (string?)_client.Run("1").Reply["status"]);
    }
}
