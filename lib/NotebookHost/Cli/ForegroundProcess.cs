using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NotebookHost.Cli;

/// <summary>Runs programs that use the console and waits for their end.</summary>
internal static partial class ForegroundProcess
{
    private const int Terminate = 15;
    private static readonly TimeSpan _outputGrace = TimeSpan.FromSeconds(10);

    /// <summary>Runs a program with the input and output of this process.</summary>
    /// <param name="start">The start information. If streams are redirected, <paramref name="started"/> reads them.</param>
    /// <param name="started">A function that is called after the start and awaited for at most 10 seconds after the end of the program.</param>
    /// <returns>The exit code of the program.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo start, Func<Process, Task>? started = null)
    {
        // the program also receives Ctrl-C and handles it
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var process = Process.Start(start)!;
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            if (!process.HasExited)
                End(process);
        });
        var reading = started?.Invoke(process) ?? Task.CompletedTask;
        await process.WaitForExitAsync().ConfigureAwait(false);
        // a program that keeps running in the background may hold the output open; what the ended program wrote is read within moments
        if (await Task.WhenAny(reading, Task.Delay(_outputGrace)).ConfigureAwait(false) == reading)
            await reading.ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>Returns the path of a program: the first match in the folders of the variable PATH.</summary>
    public static string? Find(params IEnumerable<string> names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return (from name in names from folder in folders from ending in endings select Path.Combine(folder, name + ending)).FirstOrDefault(File.Exists);
    }

    private static void End(Process process)
    {
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            _ = Send(process.Id, Terminate);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static partial int Send(int process, int signal);
}
