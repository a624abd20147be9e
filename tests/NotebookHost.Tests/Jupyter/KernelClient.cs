using System.Text;
using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Tests.Jupyter;

/// <summary>A front end, as small as one can be: it talks to a kernel from the test's thread.</summary>
internal sealed class KernelClient : IDisposable
{
    // far above what anything takes; a test that comes to it has failed
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly ZmqContext _context = new();
    private readonly WireFormat _wire;
    private readonly List<ZmqSocket> _sockets = [];

    public KernelClient(JsonObject connection)
    {
        _wire = new WireFormat(connection["key"]!.GetValue<string>());
        Shell = Connect(SocketType.Dealer, connection, "shell_port");
        Control = Connect(SocketType.Dealer, connection, "control_port");
        StdIn = Connect(SocketType.Dealer, connection, "stdin_port");
        IoPub = Connect(SocketType.Subscribe, connection, "iopub_port");
        HeartBeat = Connect(SocketType.Request, connection, "hb_port");
        // what is published before the subscription arrives is lost, so ask until something comes
        do
            Ask(Shell, "kernel_info_request");
        while (IoPub.Receive(TimeSpan.FromMilliseconds(200)) is null);
        while (IoPub.Receive(TimeSpan.FromMilliseconds(100)) is not null)
        {
        }
    }

    public ZmqSocket Shell { get; }

    public ZmqSocket Control { get; }

    public ZmqSocket StdIn { get; }

    public ZmqSocket IoPub { get; }

    public ZmqSocket HeartBeat { get; }

    /// <summary>Sends a request and waits for its reply.</summary>
    public JupyterMessage Ask(ZmqSocket socket, string type, JsonObject? content = null)
    {
        var request = Send(socket, type, content);
        return Reply(socket, request);
    }

    /// <summary>Waits for the reply to a cell.</summary>
    public JsonObject Reply(JupyterMessage request) => Reply(Shell, request).Content;

    public JupyterMessage Send(ZmqSocket socket, string type, JsonObject? content = null)
    {
        var request = JupyterMessage.Create(type, content ?? [], "the test's session", parent: null);
        socket.Send(_wire.Encode(request));
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

    public JupyterMessage Receive(ZmqSocket socket)
        => _wire.Decode(socket.Receive(_patience) ?? throw new TimeoutException("The kernel says nothing."));

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

    public void Dispose()
    {
        _context.ShutDown();
        _sockets.ForEach(socket => socket.Dispose());
        _context.Dispose();
    }

    private JupyterMessage Reply(ZmqSocket socket, JupyterMessage request)
    {
        var reply = Receive(socket);
        while (Id(reply.ParentHeader) != Id(request.Header))
            reply = Receive(socket);
        Assert.Equal(request.Type.Replace("_request", "_reply", StringComparison.Ordinal), reply.Type);
        return reply;
    }

    private ZmqSocket Connect(SocketType type, JsonObject connection, string port)
    {
        var socket = _context.Open(type);
        _sockets.Add(socket);
        if (type == SocketType.Dealer)
            socket.Name(Encoding.UTF8.GetBytes("the test's name"));
        socket.Connect((string?)connection["transport"] == "ipc"
            ? $"ipc://{connection["ip"]}-{connection[port]}"
            : $"tcp://127.0.0.1:{connection[port]}");
        return socket;
    }
}
