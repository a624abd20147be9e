using System.Xml;
using System.Xml.Linq;
using NotebookHost.Analysis;

namespace NotebookHost.Sessions;

/// <summary>
/// Finds the analyzers of packages: those of referenced packages and, as in a build, of their dependencies, unless the package
/// specification excludes them.
/// </summary>
internal static class PackageAnalyzers
{
    /// <summary>Returns the files of the analyzers.</summary>
    /// <param name="named">The names of the packages that cells reference.</param>
    /// <param name="folders">The folders of all packages by name, including dependencies.</param>
    public static IEnumerable<string> In(IEnumerable<string> named, IReadOnlyDictionary<string, string> folders)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<string>(named);
        while (open.TryDequeue(out var name))
        {
            if (!seen.Add(name) || !folders.TryGetValue(name, out var folder))
                continue;
            foreach (var file in AnalyzerFiles.In(folder))
                yield return file;
            foreach (var needed in NeededWithAnalyzers(folder))
                open.Enqueue(needed);
        }
    }

    private static List<string> NeededWithAnalyzers(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.nuspec").Take(1)
                .SelectMany(file => XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "dependency"))
                .Where(BringsAnalyzers)
                .Select(dependency => (string?)dependency.Attribute("id") ?? "")];
        }
        catch (Exception error) when (error is XmlException or IOException)
        {
            return [];
        }
    }

    private static bool BringsAnalyzers(XElement dependency)
    {
        var included = Words((string?)dependency.Attribute("include") ?? "all");
        var excluded = Words((string?)dependency.Attribute("exclude") ?? "");
        return (included.Contains("all") || included.Contains("analyzers")) && !excluded.Contains("all") && !excluded.Contains("analyzers");
    }

    private static HashSet<string> Words(string list) => list.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
