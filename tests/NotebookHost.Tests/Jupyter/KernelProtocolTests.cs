using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Tests.Jupyter;

/// <summary>What a front end sees at the sockets of the real kernel. One kernel serves all of these, as it does a long session.</summary>
public sealed class KernelProtocolTests(KernelProtocolTests.Kernel kernel) : IClassFixture<KernelProtocolTests.Kernel>
{
    private readonly KernelClient _client = kernel.Client;

    [Fact]
    public void The_kernel_says_who_it_is_on_shell_and_control()
    {
        foreach (var socket in new[] { _client.Shell, _client.Control })
        {
            var info = _client.Ask(socket, "kernel_info_request").Content;

            Assert.Equal(("ok", "5.3", "C#"),
                ((string?)info["status"], (string?)info["protocol_version"], (string?)info["language_info"]!["name"]));
        }
    }

    [Fact]
    public void The_description_of_the_language_is_that_of_the_committed_notebooks()
    {
        var info = _client.Ask(_client.Shell, "kernel_info_request").Content["language_info"]!;

        var chapter = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(KernelProcess.Program)!, "..", "..", "notebooks"), "*.ipynb").Order(StringComparer.Ordinal).First();
        var committed = JsonNode.Parse(File.ReadAllText(chapter))!["metadata"]!["language_info"]!;
        Assert.True(JsonNode.DeepEquals(committed, info), $"{committed} differs from {info}");
    }

    [Fact]
    public void Text_of_a_child_process_is_in_the_order_of_events()
    {
        var (_, published) = _client.Run("Console.WriteLine(\"before\");\nSystem.Diagnostics.Process.Start(\"echo\", \"child\").WaitForExit();\n42");

        // the text comes in one message or in two
        Assert.Equal("before\nchild\n", string.Concat(published.Where(line => line.StartsWith("stream: stdout ", StringComparison.Ordinal)).Select(line => line["stream: stdout ".Length..])));
        Assert.EndsWith("] 42", published[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_is_announced_and_its_outputs_come_in_order_before_it_is_done()
    {
        var (reply, published) = _client.Run("Console.Write(\"a\"); Console.Error.Write(\"b\"); display(\"shown\"); 40 + 2");

        var count = (int)reply["execution_count"]!;
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal(
            [
                "status: busy",
                $"execute_input: [{count}] Console.Write(\"a\"); Console.Error.Write(\"b\"); display(\"shown\"); 40 + 2",
                "stream: stdout a", "stream: stderr b", "display_data: shown", $"execute_result: [{count}] 42", "status: idle",
            ],
            published);
    }

    [Fact]
    public void A_display_is_updated_under_its_id()
    {
        var request = _client.SendCell("var shown = display(\"one\");\nshown.Update(\"two\");");
        _client.Reply(request);

        var outputs = _client.Published(request).Where(message => message.Content["transient"] is not null).ToList();

        Assert.Equal(["display_data: one", "update_display_data: two"], outputs.Select(KernelClient.Line));
        Assert.Single(outputs.Select(message => (string?)message.Content["transient"]!["display_id"]).Distinct());
    }

    [Fact]
    public void Json_outputs_are_objects_and_html_is_one_text()
    {
        var request = _client.SendCell("\"{\\\"a\\\": [1]}\".DisplayAs(\"application/vnd.plotly.v1+json\"); HTML(\"<b>x</b>\\n<i>y</i>\")");
        _client.Reply(request);

        var data = _client.Published(request).Where(message => message.Content["data"] is not null).Select(message => message.Content["data"]!).ToList();

        Assert.Equal(1, (int)data[0]["application/vnd.plotly.v1+json"]!["a"]![0]!);
        Assert.Equal("<b>x</b>\n<i>y</i>", (string?)data[1]["text/html"]);
    }

    [Fact]
    public void A_failing_cell_is_an_error_with_its_line()
    {
        var (reply, published) = _client.Run("var x = 1;\nthrow new InvalidOperationException(\"no\");");

        Assert.Equal(("error", "InvalidOperationException", "no"), ((string?)reply["status"], (string?)reply["ename"], (string?)reply["evalue"]));
        Assert.Contains("line 2", string.Join('\n', reply["traceback"]!.AsArray().Select(line => (string?)line)), StringComparison.Ordinal);
        Assert.Contains("error: InvalidOperationException: no", published);
    }

    [Fact]
    public void A_failure_aborts_the_cells_that_wait_and_no_later_one()
    {
        var requests = new[] { "throw new Exception();", "var aborted1 = 1;", "var aborted2 = 1;" }.Select(code => _client.SendCell(code)).ToList();

        Assert.Equal(["error", "aborted", "aborted"], requests.Select(request => (string?)_client.Reply(request)["status"]));
        Assert.Equal(["status: busy", "status: idle"], _client.Published(requests[2]).Select(KernelClient.Line));
        Assert.Equal("ok", (string?)_client.Run("1").Reply["status"]);
        Assert.Equal("CS0103", (string?)_client.Run("aborted1").Reply["ename"]);
    }

    [Fact]
    public void A_failure_that_is_expected_aborts_nothing()
    {
        var failing = _client.SendCell("throw new Exception();", stopOnError: false);
        var next = _client.SendCell("1");

        Assert.Equal("error", (string?)_client.Reply(failing)["status"]);
        Assert.Equal("ok", (string?)_client.Reply(next)["status"]);
    }

    [Fact]
    public void A_silent_cell_leaves_no_trace()
    {
        var before = (int)_client.Run("1").Reply["execution_count"]!;

        var (reply, published) = _client.Run("2", silent: true);

        Assert.Equal(before, (int)reply["execution_count"]!);
        Assert.Equal(["status: busy", "status: idle"], published);
    }

    [Fact]
    public void A_cell_that_is_not_stored_has_outputs_but_no_number_of_its_own()
    {
        var before = (int)_client.Run("1").Reply["execution_count"]!;

        var (reply, published) = _client.Run("2", store: false);

        Assert.Equal(before, (int)reply["execution_count"]!);
        Assert.Contains($"execute_result: [{before}] 2", published);
    }

    [Fact]
    public void A_hundred_thousand_lines_come_whole_and_in_few_messages()
    {
        var request = _client.SendCell("for (var i = 0; i < 100_000; i++) Console.WriteLine(\"line \" + i);");
        _client.Reply(request);

        var texts = _client.Published(request).Where(message => message.Type == "stream").Select(message => (string)message.Content["text"]!).ToList();

        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i}\n")), string.Concat(texts));
        Assert.InRange(texts.Count, 1, 200);
    }

    [Fact]
    public void Text_that_is_no_proper_unicode_is_shown_as_far_as_it_can_be()
    {
        var (_, published) = _client.Run("Console.Write(\"a\\ud83db π 😀\");");

        Assert.Contains("stream: stdout a\ufffdb π 😀", published);
    }

    [Fact]
    public void A_message_with_a_bad_signature_is_dropped_and_logged()
    {
        var forged = new WireFormat("another key").Encode(JupyterMessage.Create(
            "execute_request", new JsonObject { ["code"] = "var forged = 1;" }, "x", parent: null));
        _client.Shell.SendMultipartBytes(forged);

        Assert.Equal("CS0103", (string?)_client.Run("forged").Reply["ename"]);
        Assert.Contains("a message on shell was dropped: the signature is not valid", kernel.Process.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no delimiter")]
    [InlineData("<IDS|MSG>")]
    [InlineData("<IDS|MSG>", "", "{}")]
    [InlineData("<IDS|MSG>", null, "{", "{}", "{}", "{}")]
    [InlineData("<IDS|MSG>", null, "[]", "{}", "{}", "{}")]
    [InlineData("<IDS|MSG>", null, "{\"a\": 1, \"a\": 2}", "{}", "{}", "{}")]
    [InlineData("<IDS|MSG>", null, "{}", "{}", "{}", "{}")]
    [InlineData("<IDS|MSG>", null, "{\"msg_type\": 5}", "{}", "{}", "{\"code\": 5}")]
    [InlineData("<IDS|MSG>", null, "{\"msg_type\": \"complete_request\"}", "{}", "{}", "{\"code\": {}, \"cursor_pos\": -7}")]
    public void A_malformed_message_does_not_stop_the_kernel(params string?[] frames)
    {
        byte[][] bytes = [.. frames.Select(frame => Encoding.UTF8.GetBytes(frame ?? Signature(frames.Skip(2))))];

        _client.Shell.SendMultipartBytes(bytes);
        _client.Control.SendMultipartBytes(bytes);

        Assert.Equal("ok", (string?)_client.Run("1").Reply["status"]);
        Assert.Equal("kernel_info_reply", _client.Ask(_client.Control, "kernel_info_request").Type);
    }

    [Fact]
    public void The_heart_beats_while_a_cell_runs()
    {
        using var folder = new TemporaryFolder();
        var request = _client.SendCell($"Console.WriteLine(\"running\");\nwhile (!System.IO.File.Exists(@\"{folder["go"]}\")) await Task.Delay(10);");
        _client.Wrote("running");
        _client.HeartBeat.SendMultipartBytes([1, 2, 3]);

        Assert.Equal([1, 2, 3], _client.HeartBeat.ReceiveMultipartBytes().Single());
        folder.Write("go", "");
        _client.Reply(request);
    }

    [Fact]
    public void The_cells_so_far_are_the_history()
    {
        var count = (int)_client.Run("var past = 1;").Reply["execution_count"]!;

        var history = _client.Ask(_client.Shell, "history_request", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 1 }).Content["history"]!;

        Assert.Equal($"[[0,{count},\"var past = 1;\"]]", history.ToJsonString());
    }

    [Fact]
    public void A_comm_is_closed_at_once()
    {
        var request = _client.Send(_client.Shell, "comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "widgets" });

        var closed = Assert.Single(_client.Published(request), message => message.Type == "comm_close");
        Assert.Equal("c1", (string?)closed.Content["comm_id"]);
        Assert.Equal("{}", _client.Ask(_client.Shell, "comm_info_request").Content["comms"]!.ToJsonString());
    }

    [Fact]
    public void An_unknown_request_is_done_without_a_reply()
    {
        var request = _client.Send(_client.Shell, "dance_request");

        Assert.Equal(["status: busy", "status: idle"], _client.Published(request).Select(KernelClient.Line));
    }

    // not by the code under test
    private string Signature(IEnumerable<string?> parts)
    {
        var key = Encoding.UTF8.GetBytes(kernel.Process.Connection["key"]!.GetValue<string>());
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Concat(parts))));
    }

    /// <summary>The kernel and its front end.</summary>
    public sealed class Kernel : IDisposable
    {
        public Kernel() => Client = new KernelClient(Process.Connection, Process.Process);

        internal KernelProcess Process { get; } = new();

        internal KernelClient Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            Process.Dispose();
        }
    }
}
