using System.CommandLine;
using System.Runtime.InteropServices;
using NotebookHost.Jupyter;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Cli;

/// <summary><c>nb kernel</c>: makes the kernel known to Jupyter, and is it.</summary>
internal sealed class KernelCommand : Command
{
    private readonly Option<string> _connectionFile = new("--connection-file")
    {
        Description = "Where to listen, as the front end wrote it down.",
        HelpName = "file",
        Required = true,
    };

    public KernelCommand()
        : base("kernel", "Registers this C# kernel with Jupyter and VS Code.")
    {
        var run = new Command("run", "Serves a front end, which starts this by itself.") { Hidden = true };
        run.Options.Add(_connectionFile);
        run.SetAction((parsed, _) => ServeAsync(parsed.GetValue(_connectionFile)!));
        Subcommands.Add(run);
    }

    private static async Task<int> ServeAsync(string connectionFile)
    {
        var log = new KernelLog(Console.Error);
        try
        {
            using var kernel = new JupyterKernel(ConnectionFile.Load(connectionFile), log);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                kernel.Interrupt();
            });
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                kernel.Stop();
            });
            await kernel.Completion.ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (Exception error) when (error is InvalidDataException or ZmqException or DllNotFoundException)
        {
            log.Write(error.Message);
            return ExitCode.Usage;
        }
    }
}
