using System.Text.RegularExpressions;

namespace Repository.Tests;

/// <summary>Each rule of lib/TorchAnalyzers is explained, tested and listed.</summary>
public sealed partial class AnalyzerTests
{
    public static TheoryData<string> Rules => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "lib", "TorchAnalyzers", "Rules"), "*.cs")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_a_section_a_row_and_tests(string rule)
    {
        var source = Checkout.Read($"lib/TorchAnalyzers/Rules/{rule}.cs");
        var id = Id().Match(source).Groups["id"].Value;
        var severity = Severity().Match(source).Groups["severity"].Value;
        var page = Checkout.Read("docs/analyzers.md");

        Assert.Contains($"\n## {id}\n", page, StringComparison.Ordinal);
        Assert.Matches($@"(?m)^\| \[{id}\]\(#{id.ToLowerInvariant()}\) \| [^|]+ \| {(severity == "Info" ? "information" : "warning")} \| [^|]+ \|$", page);
        Assert.True(File.Exists(Path.Combine(Checkout.Root, "tests", "TorchAnalyzers.Tests", $"{rule}Tests.cs")), $"{rule} has no class of tests.");
        Assert.Contains("helpLinkUri: Rule.HelpLink(Id)", source, StringComparison.Ordinal);
        Assert.Contains($"{severity} | {rule}\n", Checkout.Read("lib/TorchAnalyzers/AnalyzerReleases.Unshipped.md") + Checkout.Read("lib/TorchAnalyzers/AnalyzerReleases.Shipped.md"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_fix_in_the_page_is_a_code_fix_of_the_rule(string rule)
    {
        var id = Id().Match(Checkout.Read($"lib/TorchAnalyzers/Rules/{rule}.cs")).Groups["id"].Value;
        var row = Checkout.Read("docs/analyzers.md").Split('\n').Single(line => line.StartsWith($"| [{id}](", StringComparison.Ordinal));

        Assert.Equal(File.Exists(Path.Combine(Checkout.Root, "lib", "TorchAnalyzers.CodeFixes", "Fixes", $"{rule}Fix.cs")),
            !row.EndsWith("| none |", StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_rules_have_one_id()
    {
        var ids = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "lib", "TorchAnalyzers", "Rules"), "*.cs")
            .Select(path => Id().Match(File.ReadAllText(path)).Groups["id"].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory]
    [InlineData("docs/torchsharp-pitfalls.md")]
    [InlineData("notebooks/32-bug-museum.ipynb")]
    public void Links_to_rules_lead_to_their_sections(string document)
    {
        var page = Checkout.Read("docs/analyzers.md");
        var links = Link().Matches(Checkout.Read(document));

        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            Assert.Equal(link.Groups["name"].Value.ToLowerInvariant(), link.Groups["anchor"].Value);
            Assert.Contains($"\n## {link.Groups["name"].Value}\n", page, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex("""const string Id = "(?<id>TN\d{4})";""")]
    private static partial Regex Id();

    [GeneratedRegex(@"DiagnosticSeverity\.(?<severity>\w+)")]
    private static partial Regex Severity();

    [GeneratedRegex(@"\[(?<name>TN\d{4})\]\([^)]*analyzers\.md#(?<anchor>tn\d{4})\)")]
    private static partial Regex Link();
}
