using NotebookHost.Cli;
using NotebookHost.Jupyter;
using NotebookHost.Processes;

// where pages that show figures load plotly.js from, below the address of the Jupyter server: `nb kernel install` puts it into the kernelspec's folder
if (Environment.GetEnvironmentVariable("PLOTLY_JS_URL") is null)
    Environment.SetEnvironmentVariable("PLOTLY_JS_URL", "kernelspecs/csharp/plotly.min.js");
// the console of Windows has another encoding, in which boxes and dots cannot be written
if (OperatingSystem.IsWindows())
    Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
int exitCode;
if (args is [SessionServer.Command, var commands, var events, var mark])
    exitCode = SessionServer.Run(commands, events, mark, CodeHelp.Answer);
else if (args is [KernelCommand.CommandName, KernelCommand.ServiceName, KernelCommand.ConnectionOption, var connectionFile])
    // front ends wait for the kernel: it starts before the command line is loaded
    exitCode = await KernelCommand.ServeAsync(connectionFile).ConfigureAwait(false);
else
    exitCode = await NbCommand.InvokeAsync(args).ConfigureAwait(false);
// threads that a cell left behind must not keep the process alive
Environment.Exit(exitCode);
