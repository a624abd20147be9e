using System.Text.RegularExpressions;

namespace NotebookHost.Tests.Cli;

/// <summary>
/// The pages in tools/help, which the script nb shows before anything is built, are the command line's own. With UPDATE_HELP=1 this test writes them.
/// </summary>
public sealed partial class HelpPageTests
{
    private static string Folder => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(NbProcess.Program)!, "..", "..", "tools", "help"));

    [Fact]
    public async Task Each_command_has_its_page()
    {
        var root = await HelpAsync();
        var commands = Command().Matches(root[root.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups["name"].Value).ToList();
        Assert.Empty(new[] { "run", "export", "check", "adopt", "kernel", "lab", "setup", "test", "bench", "pack", "board" }.Except(commands));

        var pages = new Dictionary<string, string> { ["nb"] = root };
        foreach (var command in commands)
            pages[command] = await HelpAsync(command);
        if (Environment.GetEnvironmentVariable("UPDATE_HELP") is { Length: > 0 })
        {
            Directory.CreateDirectory(Folder);
            foreach (var (name, text) in pages)
                File.WriteAllText(Path.Combine(Folder, name + ".txt"), text);
        }
        Assert.Equal(pages.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.All(pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(Folder, page.Key + ".txt"))));
    }

    private static async Task<string> HelpAsync(params string[] command)
    {
        // these programs have help of their own
        if (command is ["bench" or "board"])
            return $"nb {command[0]} --help shows the program's own options.\n";
        var (code, output, _) = await NbProcess.RunAsync(Path.GetTempPath(), [.. command, "--help"]);
        Assert.Equal(0, code);
        return TrailingBlanks().Replace(output, "");
    }

    [GeneratedRegex("[ ]+$", RegexOptions.Multiline)]
    private static partial Regex TrailingBlanks();

    [GeneratedRegex("^  (?<name>[a-z]+)( |$)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
