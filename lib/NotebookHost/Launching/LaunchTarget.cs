using System.Diagnostics;
using NotebookHost.Running;

namespace NotebookHost.Launching;

/// <summary>How one process of a launch is started.</summary>
internal static class LaunchTarget
{
    // how a file is published does not matter here, and may need packages that are not there
    private const string Unpublished = "-p:PublishAot=false";

    /// <summary>A file's way to run it, but for the environment.</summary>
    /// <exception cref="RunUsageException">There is no such file, or nothing runs it.</exception>
    public static ProcessStartInfo For(LaunchOptions options, int rank)
    {
        var file = Existing(options.File);
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".ipynb":
                // each process writes a copy of its own
                var copies = Path.Combine(NotebookSearch.Root(Directory.GetCurrentDirectory()), "artifacts", "notebooks", $"rank-{rank}");
                return Dotnet([Itself, "run", file, "--out", copies, .. options.Arguments]);
            case ".cs":
                return Dotnet(["run", "--no-build", Unpublished, "--file", file, "--", .. options.Arguments]);
            case ".dll":
                return Dotnet([file, .. options.Arguments]);
            default:
                if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute)) == 0)
                    throw new RunUsageException($"{options.File} is no notebook, no .cs, no .dll, and not executable.");
                return new ProcessStartInfo(file, options.Arguments);
        }
    }

    /// <summary>What runs once before the processes, which would get in each other's way: a C# file is compiled.</summary>
    public static ProcessStartInfo? Preparation(LaunchOptions options) =>
        Path.GetExtension(options.File).Equals(".cs", StringComparison.OrdinalIgnoreCase)
            ? Dotnet(["build", "--nologo", "--verbosity", "quiet", Unpublished, Existing(options.File)])
            : null;

    private static string Existing(string file) =>
        File.Exists(file) ? Path.GetFullPath(file) : throw new RunUsageException($"There is no file {file}.");

    private static string Itself => typeof(LaunchTarget).Assembly.Location;

    private static ProcessStartInfo Dotnet(IEnumerable<string> arguments) =>
        new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);
}
