using System.Text.RegularExpressions;

namespace Repository.Tests;

/// <summary>
/// Inside a project, top-level folders import one way. What is compared are <c>using</c>s; extension members in the namespace TorchSharp need none
/// and are not seen.
/// </summary>
public sealed partial class FolderImportsTests
{
    [Theory]
    [InlineData("lib/DeepLearning")]
    [InlineData("lib/TorchExtras")]
    [InlineData("lib/NotebookHost")]
    public void No_folder_imports_one_that_imports_it(string project)
    {
        var imports = Imports(project);
        Assert.NotEmpty(imports);
        var cycle = imports.Keys.Select(folder => Cycle(imports, [folder])).FirstOrDefault(found => found is not null);
        Assert.True(cycle is null, $"In {project} these folders import each other: {string.Join(" -> ", cycle ?? [])}.");
    }

    [Fact]
    public void A_cycle_over_three_folders_is_found()
    {
        Dictionary<string, string[]> imports = new() { ["Data"] = ["Files"], ["Files"] = ["Display"], ["Display"] = ["Files", "Data"] };
        Assert.Equal(["Data", "Files", "Display", "Data"], Cycle(imports, ["Data"]));
    }

    /// <summary>Returns the folders that each folder's files import.</summary>
    private static Dictionary<string, string[]> Imports(string project)
    {
        var files = Sources(project).ToList();
        // TorchSharp itself has the types of TorchSharp.Modules; a namespace of several folders tells none of them
        var owners = files.GroupBy(file => Namespace().Match(file.Text).Groups["name"].Value)
            .Where(declared => declared.Key != "TorchSharp.Modules" && declared.DistinctBy(file => file.Folder).Count() == 1)
            .ToDictionary(declared => declared.Key, declared => declared.First().Folder);
        return files.GroupBy(file => file.Folder).ToDictionary(
            folder => folder.Key,
            folder => folder.SelectMany(file => Using().Matches(file.Text)).Select(match => Owner(match.Groups["name"].Value))
                .OfType<string>().Where(owner => owner != folder.Key).Distinct().ToArray());

        // a static using names a type of the namespace
        string? Owner(string name) => owners.GetValueOrDefault(name) ?? owners.GetValueOrDefault(name[..Math.Max(name.LastIndexOf('.'), 0)]);
    }

    private static IEnumerable<(string Folder, string Text)> Sources(string project)
    {
        var root = Path.Combine(Checkout.Root, project);
        return from folder in Directory.EnumerateDirectories(root)
               where Path.GetFileName(folder) is not ("bin" or "obj")
               from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
               select (Path.GetFileName(folder), File.ReadAllText(path));
    }

    /// <summary>Returns a way from the first folder of a path back to it; null where there is none.</summary>
    private static List<string>? Cycle(IReadOnlyDictionary<string, string[]> imports, List<string> path)
    {
        foreach (var next in imports.GetValueOrDefault(path[^1], []))
        {
            if (next == path[0])
                return [.. path, next];
            if (!path.Contains(next) && Cycle(imports, [.. path, next]) is { } found)
                return found;
        }
        return null;
    }

    [GeneratedRegex("""^namespace (?<name>[\w.]+)""", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("""^using (static )?(\w+ = )?(?<name>[\w.]+);""", RegexOptions.Multiline)]
    private static partial Regex Using();
}
