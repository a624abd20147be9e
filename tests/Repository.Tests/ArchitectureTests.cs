using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Repository.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void The_diagrams_full_arrows_are_the_projects_references()
    {
        var drawn = Arrow().Matches(Checkout.Read("docs/architecture.md"))
            .Select(arrow => (From: arrow.Groups["from"].Value, To: arrow.Groups["to"].Value));
        Assert.Equal(References().Order(), drawn.Order());
    }

    [Fact]
    public void The_host_of_notebooks_references_no_other_project() => Assert.DoesNotContain(References(), reference => reference.From == "NotebookHost");

    private static IEnumerable<(string From, string To)> References() =>
        from folder in new[] { "lib", "bench" }
        from project in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.csproj", SearchOption.AllDirectories)
        from reference in XDocument.Load(project).Descendants("ProjectReference")
        select (Path.GetFileNameWithoutExtension(project), Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    [GeneratedRegex("""^  (?<from>[\w.]+)(\["[^"]*"\])? --> (?<to>[\w.]+)(\["[^"]*"\])?$""", RegexOptions.Multiline)]
    private static partial Regex Arrow();
}
