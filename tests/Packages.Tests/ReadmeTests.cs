using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>The README's commands, in a fresh clone.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("readme-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Every_command_of_the_readme_works_in_a_fresh_clone()
    {
        var clone = Path.Combine(_root, "clone");
        await CloneAsync(clone);
        // a Jupyter that ends at once, and says what it was started with
        var tools = Directory.CreateDirectory(Path.Combine(_root, "tools")).FullName;
        await RunAsync(tools, "printf '#!/bin/sh\\necho \"started: $*\"\\n' > jupyter-lab && chmod +x jupyter-lab");
        var commands = Block().Matches(File.ReadAllText(Checkout.At("README.md"))).SelectMany(block => block.Groups["commands"].Value.Split('\n'))
            .Where(line => line.Length > 0).ToList();
        Assert.Equal(2, commands.Count);

        var output = await RunAsync(clone, string.Join('\n', commands));

        Assert.Contains("1 of 1 notebook completed", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(clone, "artifacts", "notebooks", "15-many-networks.ipynb")));
        Assert.Contains($"started: --ip=127.0.0.1 --ServerApp.root_dir={Path.Combine(clone, "notebooks")}", output, StringComparison.Ordinal);
        // nothing that takes long is silent
        Assert.Matches("the first start .* minutes", output);
        Assert.Contains("nb: restoring packages", output, StringComparison.Ordinal);
        Assert.Matches(@"nb:   built DeepLearning \([0-9]+ s\)", output);
    }

    // what is committed, and what is changed and not committed yet
    private static Task<string> CloneAsync(string folder) => new Shell(Home).RunAsync(
        Checkout.Root, $"mkdir '{folder}' && git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' f; do if [ -e \"$f\" ]; then mkdir -p \"{folder}/$(dirname \"$f\")\" && cp -p \"$f\" \"{folder}/$f\"; fi; done");

    // with the packages that this machine has, and lists of kernels and caches of its own
    private async Task<string> RunAsync(string folder, string commands)
    {
        // the SDK wants the folder to be there
        Directory.CreateDirectory(Path.Combine(_root, "data"));
        var (code, output) = await new Shell(Home).TryAsync(
            folder,
            commands,
            ("PATH", $"{Path.Combine(_root, "tools")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"),
            ("XDG_DATA_HOME", Path.Combine(_root, "data")),
            ("JUPYTER_DATA_DIR", Path.Combine(_root, "data", "jupyter")));
        Assert.True(code == 0, output);
        return output;
    }

    private static string Home { get; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [GeneratedRegex(@"^```sh\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
