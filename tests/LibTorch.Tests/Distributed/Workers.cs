using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LibTorch.Tests.Distributed;

/// <summary>Processes of the worker program, started as a launcher would. Those that still run at the end are killed.</summary>
internal sealed class Workers : IDisposable
{
    private static readonly TimeSpan _mostPatience = TimeSpan.FromMinutes(3);

    private readonly List<Process> _processes = [];
    private readonly List<Task<string>> _errors = [];

    private Workers()
    {
    }

    public static Workers Start(int count, string scenario)
    {
        var port = FreePort();
        var workers = new Workers();
        for (var rank = 0; rank < count; rank++)
            workers.Add(rank, count, port, scenario);
        return workers;
    }

    /// <summary>Starts all and waits for all.</summary>
    public static async Task<WorkerResult[]> RunAsync(int count, string scenario)
    {
        using var workers = Start(count, scenario);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(workers.EndOf));
    }

    /// <summary>One process that is alone in the world, with no launcher's variables.</summary>
    public static async Task<WorkerResult> RunAloneAsync(string scenario)
    {
        using var workers = new Workers();
        workers.Add(rank: 0, world: 1, port: 0, scenario);
        return await workers.EndOf(0);
    }

    /// <summary>Waits for the next line that a process prints.</summary>
    public async Task<string?> LineOf(int rank)
    {
        using var patience = new CancellationTokenSource(_mostPatience);
        return await _processes[rank].StandardOutput.ReadLineAsync(patience.Token);
    }

    public void Kill(int rank) => _processes[rank].Kill();

    public async Task<WorkerResult> EndOf(int rank)
    {
        using var patience = new CancellationTokenSource(_mostPatience);
        var output = await _processes[rank].StandardOutput.ReadToEndAsync(patience.Token);
        await _processes[rank].WaitForExitAsync(patience.Token);
        return new WorkerResult(_processes[rank].ExitCode, output, WithoutNotes(await _errors[rank]));
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    // newer Gloos say on the error stream whom they have reached
    private static string WithoutNotes(string errors) =>
        string.Join('\n', errors.Split('\n').Where(line => !(line.StartsWith('[') && line.Contains("] INFO ", StringComparison.Ordinal))));

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Add(int rank, int world, int port, string scenario)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LibTorch.Tests.Worker.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. scenario.Split(' ')]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MASTER_ADDR"] = "127.0.0.1";
        start.Environment["MASTER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["RANK"] = rank.ToString(CultureInfo.InvariantCulture);
        start.Environment["WORLD_SIZE"] = world.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = "1";
        var process = Process.Start(start)!;
        _processes.Add(process);
        _errors.Add(process.StandardError.ReadToEndAsync());
    }
}

/// <summary>How a process ended, and what it said.</summary>
internal sealed record WorkerResult(int ExitCode, string Output, string Error)
{
    /// <summary>The numbers of the line that begins with a name.</summary>
    public double[] Numbers(string name) =>
        [.. Lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..].Split(' ').Select(Number)];

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
