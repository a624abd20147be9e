using System.Diagnostics;

namespace Packages.Tests;

/// <summary>Commands as a person gives them, with the home of a person who never used .NET before.</summary>
/// <param name="home">The home: of the .NET command line, of NuGet, and of what is cached.</param>
internal sealed class Shell(string home)
{
    /// <summary>The NuGet cache of the machine. It has all that the build has restored, so that these commands need no network.</summary>
    private static readonly string _restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Prepare()
    {
        // links, so that nothing is copied; without packages of this repository that somebody may have used on this machine
        var packages = Directory.CreateDirectory(Path.Combine(home, "restored")).FullName;
        foreach (var package in Directory.EnumerateDirectories(_restored))
        {
            if (!Path.GetFileName(package).StartsWith("torchnotebooks.", StringComparison.OrdinalIgnoreCase))
                Directory.CreateSymbolicLink(Path.Combine(packages, Path.GetFileName(package)), package);
        }
        var settings = Directory.CreateDirectory(Path.Combine(home, ".nuget", "NuGet"));
        File.WriteAllText(Path.Combine(settings.FullName, "NuGet.Config"), $"""
            <configuration>
              <fallbackPackageFolders><add key="restored" value="{packages}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="restored" value="{packages}" /></packageSources>
            </configuration>
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
        start.Environment["PATH"] = $"{Path.Combine(home, ".dotnet", "tools")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
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
