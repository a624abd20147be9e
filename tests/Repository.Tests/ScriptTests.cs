using System.Diagnostics;
using System.Text.RegularExpressions;

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
            foreach (var name in new[] { "dirname", "cat" })
                File.CreateSymbolicLink(Path.Combine(empty, name), new[] { "/usr/bin", "/bin" }.Select(folder => Path.Combine(folder, name)).First(File.Exists));
            var (code, _, error) = await RunAsync(("PATH", empty), "setup");
            Assert.Equal(3, code);
            Assert.EndsWith($"nb: {WhereToGetTheSdk} ./nb again.\n", error, StringComparison.Ordinal);

            // help needs neither an SDK nor a build
            foreach (var (arguments, page) in new[] { (Array.Empty<string>(), "nb"), (["--help"], "nb"), (["-h"], "nb"), (["run", "--help"], "run"), (["pack", "-?"], "pack") })
                Assert.Equal((0, Checkout.Read($"tools/help/{page}.txt"), ""), await RunAsync(("PATH", empty), arguments));
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }

    [SkippableOnWindowsFact]
    public async Task A_command_that_does_not_exist_is_refused_before_anything_is_built()
    {
        Assert.Equal((2, "", "There is no command rnu. Did you mean run? See: nb --help\n"), await RunAsync(("DOTNET_NOLOGO", "1"), "rnu"));
        Assert.Equal((2, "", "There is no command xyz. See: nb --help\n"), await RunAsync(("DOTNET_NOLOGO", "1"), "xyz"));
    }

    [SkippableOnWindowsFact]
    public async Task A_new_home_needs_no_folders()
    {
        var home = Directory.CreateTempSubdirectory("new-home-").FullName;
        try
        {
            var (code, _, error) = await RunAsync(("HOME", home), "rnu");

            Assert.Equal((2, "There is no command rnu. Did you mean run? See: nb --help\n"), (code, error));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [SkippableOnWindowsFact]
    public async Task A_folder_that_cannot_be_written_to_is_named()
    {
        var clone = Directory.CreateTempSubdirectory("no-writing-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(clone, "tools", "help"));
            foreach (var file in new[] { "nb", "tools/prepare.cs", "tools/help/setup.txt", "Directory.Build.props" })
                File.Copy(Path.Combine(Checkout.Root, file), Path.Combine(clone, file));
            foreach (var project in new[] { "NotebookHost", "DeepLearning", "BoardHost" })
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(clone, "lib", project)).FullName, $"{project}.csproj"), "<Project />");
            // an administrator may write to every folder, so a file takes the place of this one
            File.WriteAllText(Path.Combine(clone, "artifacts"), "");

            var (code, _, error) = await RunAsync(("DOTNET_NOLOGO", "1"), clone, ["setup"]);

            Assert.Equal(3, code);
            Assert.Matches($"nb: nothing can be built in {Regex.Escape(clone)}: .+\n$", error);
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }

    private static Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value) variable, params string[] arguments)
        => RunAsync(variable, Checkout.Root, arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value) variable, string root, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(root, "nb"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        var text = await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, text, error);
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
