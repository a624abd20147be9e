using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using NotebookHost.Running;

namespace NotebookHost.Launching;

/// <summary>Runs several processes of the same file as one: when one fails, the others are ended.</summary>
internal sealed partial class Launch(LaunchOptions options, TextWriter output, TextWriter errors)
{
    private const int Terminate = 15;

    private readonly Lock _writing = new();

    /// <summary>Starts all and waits for all.</summary>
    /// <param name="cancellation">Ends them.</param>
    /// <returns>The rank that failed first, with its exit code; null when all succeeded, or were cancelled.</returns>
    /// <exception cref="RunUsageException">The file cannot be started.</exception>
    public async Task<(int Rank, int ExitCode)?> RunAsync(CancellationToken cancellation)
    {
        await PrepareAsync(cancellation).ConfigureAwait(false);
        var processes = new List<Process>();
        try
        {
            for (var local = 0; local < options.Processes; local++)
                processes.Add(Start(local));
            return await WatchAsync(processes, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(processes).ConfigureAwait(false);
            foreach (var process in processes)
                process.Dispose();
        }
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        if (LaunchTarget.Preparation(options) is not { } preparation)
            return;
        using var process = Open(preparation);
        var said = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new RunUsageException($"{options.File} does not compile:\n{said.TrimEnd()}");
    }

    private Process Start(int localRank)
    {
        var rank = options.Rank(localRank);
        var start = LaunchTarget.For(options, rank);
        foreach (var (name, value) in options.Environment(localRank))
            start.Environment[name] = value;
        start.RedirectStandardError = true;
        var process = Open(start);
        process.OutputDataReceived += (_, line) => Write(output, rank, line.Data);
        process.ErrorDataReceived += (_, line) => Write(errors, rank, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static Process Open(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        try
        {
            var process = Process.Start(start)!;
            // nothing is typed to several processes at once
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception error)
        {
            throw new RunUsageException($"{start.FileName} cannot be started: {error.Message}");
        }
    }

    private async Task<(int Rank, int ExitCode)?> WatchAsync(List<Process> processes, CancellationToken cancellation)
    {
        var running = processes.Select((process, local) => ExitAsync(process, local, cancellation)).ToList();
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running).ConfigureAwait(false);
            running.Remove(ended);
            if (ended.IsCanceled)
                return null;
            var (local, exitCode) = await ended.ConfigureAwait(false);
            if (exitCode != 0)
                return (options.Rank(local), exitCode);
        }
        return null;
    }

    private static async Task<(int Local, int ExitCode)> ExitAsync(Process process, int local, CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return (local, process.ExitCode);
    }

    private async Task EndAsync(List<Process> processes)
    {
        foreach (var process in processes.Where(process => !process.HasExited))
            _ = Signal(process.Id, Terminate);
        using var grace = new CancellationTokenSource(options.Grace);
        foreach (var process in processes)
        {
            try
            {
                await process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Write(TextWriter writer, int rank, string? line)
    {
        if (line is null)
            return;
        lock (_writing)
        {
            writer.WriteLine($"[{rank}] {line}");
            writer.Flush();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
