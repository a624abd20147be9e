using NotebookHost.Cli;
using NotebookHost.Jupyter;
using NotebookHost.Processes;

// pages with figures load plotly.js from this path on the Jupyter server: `nb kernel install` copies it to the folder of the kernelspec
if (Environment.GetEnvironmentVariable("PLOTLY_JS_URL") is null)
    Environment.SetEnvironmentVariable("PLOTLY_JS_URL", "kernelspecs/csharp/plotly.min.js");
// the default encoding of the Windows console lacks the characters of tables and progress bars
if (OperatingSystem.IsWindows())
    Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
int exitCode;
if (args is [SessionServer.Command, var commands, var events, var mark])
    exitCode = SessionServer.Run(commands, events, mark, CodeHelp.Answer);
else if (args is [KernelCommand.CommandName, KernelCommand.ServiceName, KernelCommand.ConnectionOption, var connectionFile])
    // front ends wait for the kernel, so it starts before the command line is loaded
    exitCode = await KernelCommand.ServeAsync(connectionFile).ConfigureAwait(false);
else
    exitCode = await NbCommand.InvokeAsync(args).ConfigureAwait(false);
// remaining threads of cells must not keep the process alive
Environment.Exit(exitCode);
