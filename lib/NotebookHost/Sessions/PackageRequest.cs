using System.Text.RegularExpressions;

namespace NotebookHost.Sessions;

/// <summary>The packages that a session references, and their sources.</summary>
/// <param name="Packages">The versions by name; "*" is the latest version.</param>
/// <param name="Sources">The feeds in addition to those in NuGet's configuration.</param>
internal sealed partial record PackageRequest(IReadOnlyDictionary<string, string> Packages, IReadOnlyList<string> Sources)
{
    private const int LongestName = 100;

    public static PackageRequest Nothing { get; } = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), []);

    /// <summary>Returns the addition of a <c>#r "nuget: P, V"</c> or <c>#i "nuget: URL"</c> line and the text between its quotes; null for other lines.</summary>
    public static (char Kind, string Name, string Version)? Parse(string line)
    {
        var match = Directive().Match(line);
        if (!match.Success)
            return null;
        var parts = match.Groups["what"].Value.Split(',', 2, StringSplitOptions.TrimEntries);
        return (match.Groups["kind"].Value[0], parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "*");
    }

    /// <summary>Returns the request with an additional package.</summary>
    /// <exception cref="PackageException">Another version of the package is already referenced, or the name or the version is not valid.</exception>
    public PackageRequest WithPackage(string name, string version)
    {
        if (name.Length > LongestName || !Name().IsMatch(name))
            throw new PackageException($"'{name}' is not a valid package name. Write #r \"nuget: NAME\" or #r \"nuget: NAME, VERSION\".");
        if (!Version().IsMatch(version))
            throw new PackageException($"{version} is not a valid package version. Specify a version such as 1.2.3, 1.2.* or [1.2,2.0), or omit it to use the latest version.");
        if (Packages.TryGetValue(name, out var present))
        {
            if (version == "*" || present == version)
                return this;
            throw new PackageException(
                $"{name} {version} cannot be added: this session already uses {(present == "*" ? "its latest version" : present)}. Restart the session to change the version.");
        }
        return this with { Packages = new Dictionary<string, string>(Packages, StringComparer.OrdinalIgnoreCase) { [name] = version } };
    }

    /// <summary>Returns the request with an additional feed.</summary>
    public PackageRequest WithSource(string source) => Sources.Contains(source) ? this : this with { Sources = [.. Sources, source] };

    [GeneratedRegex("""^[ \t]*#(?<kind>[ri])[ \t]+"nuget:[ \t]*(?<what>[^"]+?)[ \t]*"[^\r\n]*$""")]
    private static partial Regex Directive();

    // NuGet's rule for package names
    [GeneratedRegex("""^\w+([.-]\w+)*$""")]
    private static partial Regex Name();

    // NuGet's versions and version ranges
    [GeneratedRegex("""^([0-9]+[0-9A-Za-z.+*-]*|\*[0-9A-Za-z.*-]*|[\[(][0-9A-Za-z.+*, -]+[\])])$""")]
    private static partial Regex Version();
}

/// <summary>The exception for packages that cannot be restored. The message states the packages, the cause and a solution.</summary>
internal sealed class PackageException(string message) : Exception(message);
