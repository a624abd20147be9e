using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NotebookHost.Sessions;

namespace NotebookHost.Checks.Compilation;

/// <summary>The packages that NuGet has restored on this machine. Nothing is downloaded.</summary>
internal sealed partial class PackageFolder(string folder)
{
    /// <summary>Gets the package folder of NuGet.</summary>
    public static PackageFolder OfUser { get; } = new(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));

    /// <summary>Returns the libraries to reference: those of the package and its dependencies; null if the package does not exist.</summary>
    public IReadOnlyList<string>? Libraries(PackageRequest package)
        => Roots(package) is { } roots ? [.. roots.SelectMany(LibrariesIn)] : null;

    /// <summary>Returns the analyzers of the package and its dependencies.</summary>
    public IReadOnlyList<string> Analyzers(PackageRequest package) => [.. PackageAnalyzers.In(
        [package.Name],
        (Roots(package) ?? []).ToDictionary(root => Path.GetFileName(Path.GetDirectoryName(root)!), StringComparer.OrdinalIgnoreCase))];

    private List<string>? Roots(PackageRequest package)
    {
        var roots = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return Add(package.Name, version => Fits(version, package.Version), newest: true) ? roots : null;

        bool Add(string name, Func<string, bool> fits, bool newest)
        {
            if (!seen.Add(name))
                return true;
            if (Find(name, fits, newest) is not { } root)
                return false;
            roots.Add(root);
            // NuGet does not download packages that the framework includes
            foreach (var (needed, atLeast) in Dependencies(root))
                Add(needed, version => Key(version).CompareTo(Key(atLeast)) >= 0, newest: false);
            return true;
        }
    }

    private string? Find(string name, Func<string, bool> fits, bool newest)
    {
        var versions = Path.Combine(folder, name.ToLowerInvariant());
        if (!Directory.Exists(versions))
            return null;
        var fitting = Directory.EnumerateDirectories(versions)
            .Where(path => fits(Path.GetFileName(path)))
            .OrderBy(path => Key(Path.GetFileName(path)));
        return newest ? fitting.LastOrDefault() : fitting.FirstOrDefault();
    }

    private static bool Fits(string version, string? wanted)
    {
        if (wanted is null)
            return !version.Contains('-', StringComparison.Ordinal);
        var star = wanted.IndexOf('*', StringComparison.Ordinal);
        return star >= 0
            ? version.StartsWith(wanted[..star], StringComparison.OrdinalIgnoreCase)
            : Key(version).CompareTo(Key(wanted.Trim('[', ']'))) == 0;
    }

    private static IEnumerable<string> LibrariesIn(string root)
    {
        foreach (var kind in (string[])["ref", "lib"])
        {
            var path = Path.Combine(root, kind);
            if (!Directory.Exists(path))
                continue;
            var best = Directory.EnumerateDirectories(path).MaxBy(framework => Rank(Path.GetFileName(framework)));
            if (best is not null && Rank(Path.GetFileName(best)) > 0)
                return Directory.EnumerateFiles(best, "*.dll");
        }
        return [];
    }

    private static IEnumerable<(string Name, string AtLeast)> Dependencies(string root)
    {
        if (Directory.EnumerateFiles(root, "*.nuspec").FirstOrDefault() is not { } file)
            return [];
        var dependencies = XDocument.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == "dependencies");
        var groups = dependencies?.Elements().Where(element => element.Name.LocalName == "group").ToList() ?? [];
        var chosen = groups.Count == 0 ? dependencies : groups.MaxBy(group => Rank((string?)group.Attribute("targetFramework") ?? ""));
        return (chosen?.Elements() ?? [])
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => (Attribute(element, "id"), Attribute(element, "version").Trim('[', '(', ')', ']').Split(',')[0]));
    }

    private static string Attribute(XElement element, string name) => (string?)element.Attribute(name) ?? "";

    // a higher rank is closer to this framework; 0 for an incompatible framework
    private static double Rank(string framework)
    {
        var match = Framework().Match(framework.TrimStart('.'));
        if (!match.Success)
            return framework.Length == 0 || framework == "any" ? 1 : 0;
        var version = double.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture);
        return match.Groups["name"].Value.ToLowerInvariant() switch
        {
            "netstandard" => 10 + version,
            "netcoreapp" => 100 + version,
            _ when version >= 5 && version <= Environment.Version.Major => 1000 + version,
            _ => 0,
        };
    }

    private static (Version Number, bool IsRelease, string Label) Key(string version)
    {
        var parts = version.Split('+')[0].Split('-', 2);
        var numbers = parts[0].Split('.').Select(part => int.TryParse(part, out var number) ? number : 0);
        int[] four = [.. numbers.Concat([0, 0, 0, 0]).Take(4)];
        var label = parts.Length > 1 ? parts[1].ToLowerInvariant() : "";
        return (new Version(four[0], four[1], four[2], four[3]), parts.Length == 1, label);
    }

    [GeneratedRegex(@"^(?<name>netstandard|netcoreapp|net)(?<version>\d+\.\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Framework();
}
