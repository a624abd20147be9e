using System.Diagnostics;

namespace Repository.Tests;

/// <summary>The scripts nb and nb.cmd.</summary>
public sealed class ScriptTests
{
    private const string WhereToGetTheSdk = "the .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download, then run";

    [Fact]
    public void Both_scripts_prepare_start_and_name_the_same_files()
    {
        var (unix, windows) = (Checkout.Read("nb"), Checkout.Read("nb.cmd"));
        foreach (var script in new[] { unix, windows.Replace('\\', '/') })
        {
            Assert.Contains("tools/prepare.cs", script, StringComparison.Ordinal);
            Assert.Contains("artifacts/nb/NotebookHost.dll", script, StringComparison.Ordinal);
            Assert.Contains(WhereToGetTheSdk, script, StringComparison.Ordinal);
        }
        Assert.All(new[] { unix, windows }, script => Assert.InRange(script.Split('\n').Length, 1, 24));
    }

    [Theory]
    [InlineData("nb")]
    [InlineData("tools/prepare.cs")]
    [InlineData("lib/Directory.Build.targets")]
    public void Nothing_asks_for_more_than_the_SDK(string file)
        => Assert.DoesNotMatch(@"\b(apt|apt-get|sudo|brew|winget|cmake|g\+\+|c\+\+|bash)\b", Checkout.Read(file));

    [SkippableOnWindowsFact]
    public async Task Without_the_SDK_nb_says_where_to_get_it()
    {
        var empty = Directory.CreateTempSubdirectory("no-sdk-").FullName;
        try
        {
            // the shell's own programs, and no dotnet
            foreach (var name in new[] { "dirname" })
                File.CreateSymbolicLink(Path.Combine(empty, name), new[] { "/usr/bin", "/bin" }.Select(folder => Path.Combine(folder, name)).First(File.Exists));
            var (code, error) = await RunAsync(("PATH", empty), "run");

            Assert.Equal(3, code);
            Assert.EndsWith($"nb: {WhereToGetTheSdk} ./nb again.\n", error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }

    private static async Task<(int Code, string Error)> RunAsync((string Name, string Value) variable, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Checkout.Root, "nb"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SkippableOnWindowsFactAttribute : FactAttribute
    {
        public SkippableOnWindowsFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "This starts the script for Linux and macOS.";
        }
    }
}
