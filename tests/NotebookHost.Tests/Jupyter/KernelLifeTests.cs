using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests.Jupyter;

/// <summary>How the kernel's process begins and ends.</summary>
public sealed class KernelLifeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_to_shut_down_is_answered_and_ends_the_process(bool restart)
    {
        using var kernel = new KernelProcess();
        using var client = new KernelClient(kernel.Connection, kernel.Process);

        var reply = client.Ask(client.Control, "shutdown_request", new JsonObject { ["restart"] = restart });
        await kernel.Process.WaitForExitAsync();

        Assert.Equal(("shutdown_reply", restart), (reply.Type, (bool)reply.Content["restart"]!));
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    [Fact]
    public async Task A_runaway_cell_does_not_keep_the_process_alive()
    {
        using var kernel = new KernelProcess();
        using var client = new KernelClient(kernel.Connection, kernel.Process);
        client.SendCell("Console.WriteLine(\"spinning\");\nwhile (true) { }");
        client.Wrote("spinning");

        client.Ask(client.Control, "shutdown_request", new JsonObject { ["restart"] = true });

        await kernel.Process.WaitForExitAsync();
    }

    [FactOnUnix]
    public async Task A_polite_kill_ends_the_process()
    {
        using var kernel = new KernelProcess();
        using var client = new KernelClient(kernel.Connection, kernel.Process);

        using (var kill = Process.Start("kill", ["-TERM", $"{kernel.Process.Id}"]))
            await kill.WaitForExitAsync();
        await kernel.Process.WaitForExitAsync();

        Assert.Equal(0, kernel.Process.ExitCode);
    }

    [FactOnUnix]
    public async Task A_kernel_does_not_outlive_the_jupyter_that_started_it()
    {
        using var folder = new TemporaryFolder();
        var connection = KernelProcess.NewConnection();
        var file = folder.Write("connection.json", connection.ToJsonString());
        // a shell in Jupyter's place, which waits as long as its input is open
        using var shell = Process.Start(new ProcessStartInfo("bash",
            ["-c", "JPY_PARENT_PID=$$ dotnet \"$0\" kernel run --connection-file \"$1\" & echo $!; read", KernelProcess.Program, file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var kernel = Process.GetProcessById(int.Parse((await shell.StandardOutput.ReadLineAsync())!));
        using (new KernelClient(connection))
            shell.Kill();

        await kernel.WaitForExitAsync();
    }

    [Theory]
    [InlineData("ip", "0.0.0.0", "This kernel listens only on this machine")]
    [InlineData("ip", "*", "This kernel listens only on this machine")]
    [InlineData("ip", "192.168.1.7", "This kernel listens only on this machine")]
    [InlineData("transport", "udp", "this kernel supports tcp")]
    [InlineData("transport", "ipc", "this kernel supports tcp")]
    [InlineData("signature_scheme", "hmac-md5", "this kernel supports hmac-sha256")]
    [InlineData("shell_port", "none", "has no shell_port")]
    public async Task A_connection_that_would_be_unsafe_or_unclear_is_refused(string name, string value, string message)
    {
        var connection = KernelProcess.NewConnection();
        connection[name] = value;
        using var kernel = new KernelProcess(connection);

        await kernel.Process.WaitForExitAsync();

        Assert.Equal(2, kernel.Process.ExitCode);
        Assert.Contains(message, kernel.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        using var first = new KernelProcess();
        using var client = new KernelClient(first.Connection, first.Process);

        using var second = new KernelProcess((JsonObject)first.Connection.DeepClone());
        await second.Process.WaitForExitAsync();

        Assert.Contains($"Cannot listen on tcp://127.0.0.1:{first.Connection["shell_port"]}", second.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loopback_address_of_ipv6_serves_too()
    {
        var connection = KernelProcess.NewConnection();
        connection["ip"] = "::1";
        using var kernel = new KernelProcess(connection);
        using var client = new KernelClient(connection);

        Assert.Equal("ok", (string?)client.Run("1").Reply["status"]);
    }
}
