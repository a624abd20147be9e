using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace NotebookHost.Sessions;

/// <summary>Runs the installed .NET SDK.</summary>
internal static class SdkProcess
{
    /// <summary>Runs <c>dotnet</c> and returns its exit code and its output.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    /// <param name="onLine">A function that receives each line of the standard output; may be null.</param>
    /// <param name="cancellation">A token that ends the process and all processes that it started.</param>
    /// <exception cref="PackageException">The SDK is not installed.</exception>
    public static async Task<(int Code, string Output)> RunAsync(string folder, IReadOnlyList<string> arguments, Action<string>? onLine, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // with these variables, the SDK would use components of the SDK that runs this host
        foreach (var name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "DOTNET_HOST_PATH"])
            start.Environment.Remove(name);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new PackageException($"Packages require the .NET SDK, but 'dotnet' cannot be started: {error.Message}");
        }
        using (process)
        {
            try
            {
                var output = ReadAsync(process.StandardOutput, onLine, cancellation);
                var errors = process.StandardError.ReadToEndAsync(cancellation);
                await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
                return (process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? onLine, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            text.Append(line).Append('\n');
            onLine?.Invoke(line);
        }
        return text.ToString();
    }
}
