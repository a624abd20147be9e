using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests.Jupyter;

/// <summary>The real kernel, started as a front end starts it.</summary>
internal sealed class KernelProcess : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lock _gate = new();
    private readonly List<string> _log = [];

    public KernelProcess(JsonObject? connection = null)
    {
        Connection = connection ?? NewConnection();
        var file = _folder.Write("connection.json", Connection.ToJsonString());
        var start = Systems.Dotnet(Program, "kernel", "run", "--connection-file", file);
        start.WorkingDirectory = _folder.Path;
        start.RedirectStandardError = true;
        Process = Process.Start(start)!;
        Process.ErrorDataReceived += (_, line) =>
        {
            lock (_gate)
                _log.Add(line.Data ?? "");
        };
        Process.BeginErrorReadLine();
    }

    /// <summary>The program that is the kernel.</summary>
    public static string Program { get; } = Path.Combine(RepositoryRoot(), "artifacts", "nb", "NotebookHost.dll");

    public JsonObject Connection { get; }

    public Process Process { get; }

    /// <summary>What the kernel has said on its error stream so far.</summary>
    public string Log
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _log);
        }
    }

    /// <summary>A connection file's content, with ports that are free.</summary>
    public static JsonObject NewConnection()
    {
        string[] names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];
        var listeners = names.Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var connection = new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["key"] = "a secret of both sides",
            ["signature_scheme"] = "hmac-sha256",
        };
        foreach (var (name, listener) in names.Zip(listeners))
            connection[name] = ((IPEndPoint)listener.LocalEndpoint).Port;
        listeners.ForEach(listener => listener.Stop());
        return connection;
    }

    /// <summary>Waits until the kernel has logged something.</summary>
    public async Task LoggedAsync(string text)
    {
        while (!Log.Contains(text, StringComparison.Ordinal))
            await Task.Delay(20);
    }

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
        _folder.Dispose();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
