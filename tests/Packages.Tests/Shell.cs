using System.Diagnostics;

namespace Packages.Tests;

/// <summary>Commands as a person gives them, with the home of a person who never used .NET before.</summary>
/// <param name="home">The home: of the .NET command line, of NuGet, and of what is cached.</param>
internal sealed class Shell(string home)
{
    /// <summary>Where the machine keeps packages: a feed of all that the build has restored, so that no network is needed.</summary>
    private static readonly string _restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Programs that are found before the machine's.</summary>
    public string Programs => Path.Combine(home, "bin");

    public void Prepare()
    {
        Directory.CreateDirectory(Programs);
        var settings = Directory.CreateDirectory(Path.Combine(home, ".nuget", "NuGet"));
        File.WriteAllText(Path.Combine(settings.FullName, "NuGet.Config"), $"""
            <configuration><packageSources><add key="restored" value="{_restored}" /></packageSources></configuration>
            """);
    }

    /// <summary>Runs a command, and says what it wrote when it fails.</summary>
    /// <returns>All that it wrote.</returns>
    public async Task<string> RunAsync(string folder, string command)
    {
        var (code, output) = await TryAsync(folder, command);
        Assert.True(code == 0, $"{command}\nended with {code}:\n{output}");
        return output;
    }

    public async Task<(int Code, string Output)> TryAsync(string folder, string command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // what the test runner tells its own processes is not for these
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment.Remove("DOTNET_HOST_PATH");
        start.Environment.Remove("NUGET_PACKAGES");
        start.Environment["DOTNET_CLI_HOME"] = home;
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(home, ".cache");
        start.Environment["XDG_DATA_HOME"] = Path.Combine(home, ".local");
        start.Environment["PATH"] = $"{Programs}:{Path.Combine(home, ".dotnet", "tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DATASETS_OFFLINE"] = start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
