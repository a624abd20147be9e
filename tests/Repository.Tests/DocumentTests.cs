using System.Text.RegularExpressions;

namespace Repository.Tests;

public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
    [
        .. from folder in new[] { "", ".github", "docs", "bench", "bench/gpu", "samples", "packaging" }
           from path in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.md")
           select Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/'),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_to_files_that_are_there(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, document))!;
        // what stands in code is an example
        var missing = Link().Matches(Code().Replace(Checkout.Read(document), "code"))
            .Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => target.Split('#')[0])
            .Where(target => !Path.Exists(Path.Combine(folder, target)));
        Assert.Empty(missing);
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

    [GeneratedRegex(@"(?<!`)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<=`)(lib|tests|tools|docs|bench|samples|templates|packaging|\.devcontainer|\.vscode)/[\w./-]*(?=`)")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex(@"^ *(?<fence>`{3,}).*?^ *\k<fence>|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
