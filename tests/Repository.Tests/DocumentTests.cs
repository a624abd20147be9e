using System.Text.RegularExpressions;

namespace Repository.Tests;

public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
        [
            "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/old-notebooks.md", "docs/gpu.md",
            "docs/torchsharp-pitfalls.md", "bench/README.md", "bench/gpu/README.md",
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_to_files_that_are_there(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, document))!;
        var missing = Link().Matches(Checkout.Read(document))
            .Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => target.Split('#')[0])
            .Where(target => !Path.Exists(Path.Combine(folder, target)));
        Assert.Empty(missing);
    }

    [Fact]
    public void What_recipes_tell_to_run_is_there()
    {
        var paths = Regex.Matches(Checkout.Read("CONTRIBUTING.md"), @"(?<=dotnet test |cd )tests/[\w./]+").Select(path => path.Value);
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Directory.Exists(Path.Combine(Checkout.Root, path)), path));
    }

    [GeneratedRegex(@"(?<!`)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
