using System.CommandLine;
using System.Runtime.InteropServices;
using NotebookHost.Export.Html;
using NotebookHost.Jupyter;
using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary><c>nb kernel</c>: registers the kernel with Jupyter and VS Code, and runs it.</summary>
internal sealed class KernelCommand : Command
{
    /// <summary>The arguments that start the kernel, followed by the connection file.</summary>
    public const string CommandName = "kernel", ServiceName = "run", ConnectionOption = "--connection-file";

    // if an interrupted cell does not stop within this time, the variables of the session are lost
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    public KernelCommand()
        : base(CommandName, "Registers the C# kernel with Jupyter and VS Code, or removes it.")
    {
        Subcommands.Add(Registration("install", "Registers this build as the C# kernel for Jupyter and VS Code.", Install));
        Subcommands.Add(Registration("uninstall", "Removes this kernel from Jupyter's list of kernels.", Uninstall));
        Subcommands.Add(Service());
    }

    private static Command Registration(string name, string description, Func<string, IReadOnlyList<string>> register)
    {
        var prefix = new Option<string>("--prefix")
        {
            Description = "The prefix of a Python environment, or /usr/local for all users; by default, only the current user.",
            HelpName = "folder",
        };
        var command = new Command(name, description);
        command.Options.Add(prefix);
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(prefix) is { } under ? JupyterFolders.Under(Path.GetFullPath(under)) : JupyterFolders.User;
            try
            {
                foreach (var line in register(folder))
                    Console.Out.WriteLine(line);
                return ExitCode.Success;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"The list of kernels in {folder} cannot be changed: {error.Message}");
                return ExitCode.Usage;
            }
        });
        return command;
    }

    /// <summary>Registers the kernel for the user.</summary>
    /// <returns>The results, one line for each name.</returns>
    /// <exception cref="IOException">An entry cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not change the folder.</exception>
    public static IReadOnlyList<string> InstallForUser() => Install(JupyterFolders.User);

    private static IReadOnlyList<string> Install(string folder)
    {
        // dotnet may not be in the PATH of an editor that starts kernels
        var dotnet = Environment.ProcessPath ?? "dotnet";
        var program = typeof(KernelCommand).Assembly.Location;
        string[] start = Path.GetFileNameWithoutExtension(dotnet) == "dotnet" ? [dotnet, program] : [dotnet];
        var lines = KernelSpecs.Install(folder, [.. start, CommandName, ServiceName, ConnectionOption], JupyterFolders.All());
        // charts load it from there without a network
        if (PlotlyPackage.OfUser(Console.Error.WriteLine).Script is { } plotly)
            KernelSpecs.AddFile(folder, "plotly.min.js", plotly);
        return lines;
    }

    private static IReadOnlyList<string> Uninstall(string folder)
        => KernelSpecs.Uninstall(folder) is { Count: > 0 } removed ? removed : [$"This kernel is not in {folder}."];

    private static Command Service()
    {
        var connectionFile = new Option<string>(ConnectionOption)
        {
            Description = "The connection file of the front end with the ports to listen on.",
            HelpName = "file",
            Required = true,
        };
        var command = new Command(ServiceName, "Runs the kernel. Front ends start this command.") { Hidden = true };
        command.Options.Add(connectionFile);
        command.SetAction((parsed, _) => ServeAsync(parsed.GetValue(connectionFile)!));
        return command;
    }

    /// <summary>Runs the kernel until the front end ends it.</summary>
    /// <param name="connectionFile">The connection file of the front end.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ServeAsync(string connectionFile)
    {
        if (RelativeVariables.TryResolve() is { } problem)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.NotReady;
        }
        // first, so that the compiler is loaded in the background
        var session = new KernelSession(Directory.GetCurrentDirectory(), _grace);
        await using var disposal = session.ConfigureAwait(false);
        var log = new KernelLog(Console.Error);
        try
        {
            if (!Cultures.IsIcuFound)
                log.Write(Cultures.Advice);
            using var kernel = new JupyterKernel(ConnectionFile.Load(connectionFile), session, log);
            using var watch = new ParentWatch(kernel.Stop);
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
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            log.Write(error.Message);
            return ExitCode.Usage;
        }
    }
}
