using System.Diagnostics;

namespace NotebookHost.Tests;

/// <summary>The nb command as its users start it.</summary>
internal static class NbProcess
{
    public static Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] arguments)
        => RunProgramAsync(folder, "dotnet", [Program, .. arguments]);

    /// <summary>Starts it and leaves it to the caller, who may signal it.</summary>
    public static Process Start(string folder, params string[] arguments)
    {
        var start = Systems.Dotnet([Program, .. arguments]);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }

    /// <summary>Runs it with variables of the environment.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(string folder, IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = folder };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return RunAsync(start);
    }

    public static Task<(int Code, string Output, string Error)> RunProgramAsync(string folder, string program, params string[] arguments)
        => RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });

    private static async Task<(int Code, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public static string Program => Path.Combine(RepositoryRoot(), "artifacts", "nb", "NotebookHost.dll");

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
