using System.Diagnostics;

namespace NotebookHost.Tests;

/// <summary>The nb command as its users start it.</summary>
internal static class NbProcess
{
    public static Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] arguments)
        => RunProgramAsync(folder, "dotnet", [Program, .. arguments]);

    /// <summary>Starts it and leaves it to the caller, who may signal it.</summary>
    public static Process Start(string folder, params string[] arguments)
        // what a shell starts in the background ignores Ctrl+C, and so would what these tests start
        => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT,QUIT", "dotnet", Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;

    public static async Task<(int Code, string Output, string Error)> RunProgramAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
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
