using System.Diagnostics;

namespace TorchSharp.Extras.Tests;

/// <summary>Runs a scenario of TorchExtras.Tests.Worker in a separate process, for tests about whole processes or several processes.</summary>
internal static class WorkerProcess
{
    /// <summary>Returns a command that runs a scenario, for tests that start several processes.</summary>
    /// <param name="scenario">The scenario's name and its arguments.</param>
    public static ProcessStartInfo Command(params IEnumerable<string> scenario)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath;
        if (host is null || Path.GetFileNameWithoutExtension(host) != "dotnet")
            host = "dotnet";
        var command = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true };
        command.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TorchExtras.Tests.Worker.dll"));
        foreach (var argument in scenario)
            command.ArgumentList.Add(argument);
        return command;
    }

    /// <summary>Runs a scenario and waits for its end.</summary>
    /// <param name="environment">Environment variables for the process.</param>
    /// <param name="scenario">The scenario's name and its arguments.</param>
    public static async Task<WorkerResult> TryRunAsync(IReadOnlyDictionary<string, string>? environment, params string[] scenario)
    {
        var command = Command(scenario);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            command.Environment[name] = value;
        using var process = Process.Start(command)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new WorkerResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a scenario that must succeed.</summary>
    /// <param name="scenario">The scenario's name and its arguments.</param>
    /// <returns>The output of the scenario.</returns>
    public static async Task<string> RunAsync(params string[] scenario)
    {
        var result = await TryRunAsync(null, scenario);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}

/// <summary>The result of a scenario.</summary>
internal sealed record WorkerResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Gets the number in the line that starts with a word.</summary>
    public long Number(string word) =>
        long.Parse(Output.Split('\n').Single(line => line.StartsWith(word + " ", StringComparison.Ordinal))[(word.Length + 1)..]);
}
