using System.Text.RegularExpressions;

namespace Repository.Tests.Recipes;

/// <summary>A recipe of CONTRIBUTING.md: what to write into which file, and what to run then.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Writings">Code, its file, and the text after whose line it goes; empty where the file is new.</param>
/// <param name="Commands">What to run.</param>
internal sealed partial record Recipe(string Title, IReadOnlyList<(string File, string After, string Code)> Writings, string Commands)
{
    public static IReadOnlyList<Recipe> All { get; } =
        [.. Section().Matches(Checkout.Read("CONTRIBUTING.md")).Select(section => Parse(section.Groups["title"].Value, section.Groups["text"].Value))];

    /// <summary>Writes what is to be written.</summary>
    public void Apply(string root)
    {
        foreach (var (file, after, code) in Writings)
        {
            var path = Path.Combine(root, file);
            if (after.Length == 0)
            {
                Assert.False(File.Exists(path), $"{Title}: {file} is there already. Choose another example for the recipe.");
                File.WriteAllText(path, code);
                continue;
            }
            var lines = File.ReadAllLines(path).ToList();
            var place = lines.FindIndex(line => line.Contains(after, StringComparison.Ordinal));
            Assert.True(place >= 0, $"{Title}: {file} has no line with {after}.");
            Assert.False(lines.Contains(code.Trim('\n')), $"{Title}: {file} has this already. Choose another example for the recipe.");
            lines.Insert(place + 1, code.TrimEnd('\n'));
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
        }
    }

    private static Recipe Parse(string title, string text)
    {
        var blocks = Block().Matches(text);
        return new Recipe(
            title,
            [.. blocks.Where(block => block.Groups["file"].Success)
                .Select(block => (block.Groups["file"].Value, block.Groups["after"].Value, block.Groups["code"].Value))],
            string.Concat(blocks.Where(block => block.Groups["language"].Value == "sh").Select(block => block.Groups["code"].Value)));
    }

    [GeneratedRegex(@"^### (?<title>.+)\n(?<text>(?:(?!^##).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(
        "^```(?<language>\\w+)(?: file=(?<file>\\S+)(?: after=\"(?<after>[^\\n]+)\")?)?\\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
