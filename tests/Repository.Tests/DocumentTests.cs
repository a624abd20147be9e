using System.Text.RegularExpressions;

namespace Repository.Tests;

public sealed partial class DocumentTests
{
    private const string Fenced = @"^ *(?<fence>`{3,}).*?^ *\k<fence>";

    // its links are those of a chapter, and lead from the folder of the chapters
    private const string NewChapter = "docs/new-chapter.ipynb";

    public static TheoryData<string> Documents =>
    [
        .. from folder in new[] { "", ".github", "docs", "docs/api", "docs/site", "bench", "bench/gpu", "samples", "packaging" }
           from path in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.md")
           select Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/'),
        NewChapter,
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_to_files_and_headings_that_are_there(string document)
    {
        var path = Path.Combine(Checkout.Root, document);
        var folder = document == NewChapter ? Path.Combine(Checkout.Root, "notebooks") : Path.GetDirectoryName(path)!;
        // what stands in code is an example; addresses and the API reference's xref: have a colon
        var broken = from link in Link().Matches(Code().Replace(Checkout.Read(document), "code"))
                     let target = link.Groups["target"].Value
                     where !target.Contains(':', StringComparison.Ordinal)
                     let parts = target.Split('#')
                     let file = parts[0].Length == 0 ? path : Path.Combine(folder, parts[0])
                     where !Path.Exists(file) || !parts.Skip(1).All(anchor => Anchors(file).Contains(anchor))
                     select target;
        Assert.Empty(broken);
    }

    /// <summary>Both languages have the same commands, the same code, the same links and the same number of rows.</summary>
    [Fact]
    public void The_Chinese_readme_has_what_the_English_one_has()
    {
        var (english, chinese) = (Checkout.Read("README.md"), Checkout.Read("README.zh-CN.md"));
        Assert.Equal(Readme.Blocks("README.md"), Readme.Blocks("README.zh-CN.md"));
        Assert.Equal(Program().Match(english).Value, Program().Match(chinese).Value);
        Assert.Equal(Targets(english), Targets(chinese));
        Assert.Equal(english.Split('\n').Count(line => line.StartsWith('|')), chinese.Split('\n').Count(line => line.StartsWith('|')));
        Assert.Equal(10, Program().Match(english).Groups["code"].Value.Split('\n').Length - 1);

        static IEnumerable<string> Targets(string text) =>
            Link().Matches(text).Select(link => link.Groups["target"].Value.Replace("README.zh-CN.md", "README.md", StringComparison.Ordinal)).Distinct().Order();
    }

    [Fact]
    public void The_readme_lists_every_chapter() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, "notebooks"), "*.ipynb").Select(path => Path.GetFileName(path)),
        name => Assert.Contains($"(notebooks/{name})", Checkout.Read("README.md"), StringComparison.Ordinal));

    /// <summary>Words of an earlier style that readers had to guess at.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void The_text_uses_the_fields_words(string document)
        => Assert.DoesNotMatch(@"(?i)\b(house|doors?|goodbye|what learns|seeds? 00\d)\b", Checkout.Read(document));

    /// <summary>Paths in code that begin with a folder of the checkout.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void Named_files_are_there(string document)
        => Assert.DoesNotContain(NamedFile().Matches(Checkout.Read(document)).Select(path => path.Value), path => !Path.Exists(Path.Combine(Checkout.Root, path)));

    [Fact]
    public void What_recipes_tell_to_run_is_there()
    {
        var paths = Regex.Matches(Checkout.Read("CONTRIBUTING.md"), @"(?<=dotnet test |cd )tests/[\w./]+").Select(path => path.Value);
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Directory.Exists(Path.Combine(Checkout.Root, path)), path));
    }

    /// <summary>The anchors that GitHub gives to the headings of a file.</summary>
    private static IEnumerable<string> Anchors(string file) => Heading().Matches(Fence().Replace(File.ReadAllText(file), ""))
        .Select(heading => NotInAnchor().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'))
        .GroupBy(anchor => anchor, (anchor, same) => same.Select((_, i) => i == 0 ? anchor : $"{anchor}-{i}"))
        .SelectMany(anchors => anchors);

    [GeneratedRegex(@"(?<!`)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<=`)(lib|tests|tools|docs|bench|samples|templates|packaging|\.devcontainer|\.vscode)/[\w./-]*(?=`)")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex(@"^#{1,6} +(?<text>.+?) *\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(Fenced, RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(Fenced + @"|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
