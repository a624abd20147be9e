using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Tests.Jupyter;

/// <summary>A front end, as small as one can be: it talks to a kernel from the test's thread.</summary>
internal sealed class KernelClient : IDisposable
{
    // how often a wait looks whether the kernel is still there; no wait ends because of the time
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromSeconds(1);

    private readonly WireFormat _wire;
    private readonly List<NetMQSocket> _sockets = [];
    private readonly Process? _kernel;

    /// <param name="connection">The content of the connection file.</param>
    /// <param name="kernel">The kernel's process, whose end ends every wait; null when another process watches it.</param>
    public KernelClient(JsonObject connection, Process? kernel = null)
    {
        _kernel = kernel;
        _wire = new WireFormat(connection["key"]!.GetValue<string>());
        Shell = Connect(new DealerSocket(), connection, "shell_port");
        Control = Connect(new DealerSocket(), connection, "control_port");
        StdIn = Connect(new DealerSocket(), connection, "stdin_port");
        IoPub = Connect(new SubscriberSocket(), connection, "iopub_port");
        IoPub.SubscribeToAnyTopic();
        HeartBeat = Connect(new RequestSocket(), connection, "hb_port");
        // what is published before the subscription arrives is lost, so ask until something comes
        do
            Ask(Shell, "kernel_info_request");
        while (TryReceive(IoPub, TimeSpan.FromMilliseconds(200)) is null);
        // what these requests published comes before the end of one more
        var last = Send(Shell, "kernel_info_request");
        Published(last);
        Reply(Shell, last);
    }

    public DealerSocket Shell { get; }

    public DealerSocket Control { get; }

    public DealerSocket StdIn { get; }

    public SubscriberSocket IoPub { get; }

    public RequestSocket HeartBeat { get; }

    /// <summary>Sends a request and waits for its reply.</summary>
    public JupyterMessage Ask(NetMQSocket socket, string type, JsonObject? content = null)
    {
        var request = Send(socket, type, content);
        return Reply(socket, request);
    }

    /// <summary>Waits for the reply to a cell.</summary>
    public JsonObject Reply(JupyterMessage request) => Reply(Shell, request).Content;

    public JupyterMessage Send(NetMQSocket socket, string type, JsonObject? content = null)
    {
        var request = JupyterMessage.Create(type, content ?? [], "the test's session", parent: null);
        socket.SendMultipartBytes(_wire.Encode(request));
        return request;
    }

    public JupyterMessage SendCell(string code, bool silent = false, bool store = true, bool mayAsk = false, bool stopOnError = true)
        => Send(Shell, "execute_request", new JsonObject
        {
            ["code"] = code,
            ["silent"] = silent,
            ["store_history"] = store,
            ["user_expressions"] = new JsonObject(),
            ["allow_stdin"] = mayAsk,
            ["stop_on_error"] = stopOnError,
        });

    /// <summary>Waits for a message, as long as the kernel lives.</summary>
    public JupyterMessage Receive(NetMQSocket socket)
    {
        while (true)
        {
            var hasEnded = _kernel?.HasExited ?? false;
            if (TryReceive(socket, _betweenLooks) is { } frames)
                return _wire.Decode(frames);
            if (hasEnded)
                throw new InvalidOperationException("The kernel has ended.");
        }
    }

    /// <summary>Waits for frames; null when none come.</summary>
    private static List<byte[]>? TryReceive(NetMQSocket socket, TimeSpan timeout)
    {
        List<byte[]> frames = null!;
        return socket.TryReceiveMultipartBytes(timeout, ref frames!) ? frames : null;
    }

    /// <summary>The messages that a request led to, up to the one that says that it is done.</summary>
    public List<JupyterMessage> Published(JupyterMessage request)
    {
        var published = new List<JupyterMessage>();
        while (published.Count == 0 || Line(published[^1]) != "status: idle")
        {
            var message = Receive(IoPub);
            if (Id(message.ParentHeader) == Id(request.Header))
                published.Add(message);
        }
        return published;
    }

    /// <summary>Waits until a cell has written something.</summary>
    public void Wrote(string text)
    {
        while (!Line(Receive(IoPub)).StartsWith("stream: stdout " + text, StringComparison.Ordinal))
        {
        }
    }

    /// <summary>Runs a cell: the reply, and a line for each message in between.</summary>
    public (JsonObject Reply, string[] Published) Run(string code, bool silent = false, bool store = true)
    {
        var request = SendCell(code, silent, store);
        return (Reply(request), [.. Published(request).Select(Line)]);
    }

    /// <summary>A message in short.</summary>
    public static string Line(JupyterMessage message)
    {
        var content = message.Content;
        return message.Type + ": " + message.Type switch
        {
            "status" => content["execution_state"],
            "stream" => $"{content["name"]} {content["text"]}",
            "execute_input" => $"[{content["execution_count"]}] {content["code"]}",
            "execute_result" => $"[{content["execution_count"]}] {content["data"]!["text/plain"]}",
            "error" => $"{content["ename"]}: {content["evalue"]}",
            _ => content["data"]?["text/plain"] ?? content,
        };
    }

    public static string Id(JsonObject header) => (string?)header["msg_id"] ?? "";

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private JupyterMessage Reply(NetMQSocket socket, JupyterMessage request)
    {
        var reply = Receive(socket);
        while (Id(reply.ParentHeader) != Id(request.Header))
            reply = Receive(socket);
        Assert.Equal(request.Type.Replace("_request", "_reply", StringComparison.Ordinal), reply.Type);
        return reply;
    }

    private T Connect<T>(T socket, JsonObject connection, string port)
        where T : NetMQSocket
    {
        _sockets.Add(socket);
        socket.Options.Linger = TimeSpan.Zero;
        if (socket is DealerSocket)
            socket.Options.Identity = Encoding.UTF8.GetBytes("the test's name");
        if (socket is SubscriberSocket)
            socket.Options.ReceiveHighWatermark = 0;
        socket.Options.IPv4Only = false;
        var address = (string?)connection["ip"] == "::1" ? "[::1]" : "127.0.0.1";
        socket.Connect($"tcp://{address}:{connection[port]}");
        return socket;
    }
}
