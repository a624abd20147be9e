using System.Diagnostics;
using System.Reflection;

namespace TorchSharp.Native;

/// <summary>
/// Where the native door lies. Where none does, as in a notebook that asks for the package by name, it is compiled from the package's source.
/// </summary>
internal static class DoorFile
{
    private const string Name = "libtorchdoor.so";

    /// <exception cref="DllNotFoundException">There is no door, and none can be compiled.</exception>
    public static string Find(Assembly assembly)
    {
        var folder = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } own ? own : AppContext.BaseDirectory;
        string[] built = [Path.Combine(folder, Name), Path.Combine(folder, "runtimes", "linux-x64", "native", Name)];
        // the assembly is lib/net10.0/LibTorch.dll of the package
        var script = Path.Combine(folder, "..", "..", "native", "build-door.sh");
        return Array.Find(built, File.Exists) ?? (File.Exists(script) ? Compile(script) : built[0]);
    }

    private static string Compile(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", [script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not { Length: > 0 } text)
                return;
            complaints.Add(text);
            // it takes a minute: whoever waits is told
            if (!text.StartsWith("door : error", StringComparison.Ordinal))
                Console.Error.WriteLine(text);
        };
        process.BeginErrorReadLine();
        var path = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0
            ? path
            : throw new DllNotFoundException(complaints.Count > 0 ? complaints[^1].Split(": ", 3)[^1] : $"{script} failed.");
    }
}
