using System.Diagnostics;

namespace TorchSharp.Extras.Tests.Files;

/// <summary>Runs the scripts of fixtures with PyTorch.</summary>
internal static class PyTorchProcess
{
    /// <summary>Runs a script in the folder Fixtures of a subject, and returns its output.</summary>
    public static string Run(string subject, string script, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, subject, "Fixtures", script);
        var start = new ProcessStartInfo(FactWithPyTorchAttribute.Python, [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var python = Process.Start(start)!;
        var errors = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, errors.Result);
        return output;
    }
}
