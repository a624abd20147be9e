using Microsoft.Extensions.FileSystemGlobbing;

namespace NotebookHost.Running;

/// <summary>Finds the notebooks of a command line: files, folders, globs, or nothing for all.</summary>
internal static class NotebookSearch
{
    private const string DefaultFolder = "notebooks";

    private static readonly string[] _endings = [".ipynb", ".dib"];

    /// <summary>Returns the notebooks in the specified order, without duplicates; those of a folder or glob are ordered by name.</summary>
    /// <exception cref="RunUsageException">A name matches no notebook.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names, string root)
    {
        if (names.Count > 0)
            return [.. names.SelectMany(Expand).Distinct(StringComparer.Ordinal)];
        var all = InFolder(Path.Combine(root, DefaultFolder));
        return all.Count > 0
            ? all
            : throw new RunUsageException($"No notebook was specified, and there is no notebook in {Path.Combine(root, DefaultFolder)}.");
    }

    /// <summary>Returns the nearest parent folder with a folder of notebooks, so that commands work from any folder of a checkout.</summary>
    public static string Root(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (Directory.Exists(Path.Combine(above.FullName, DefaultFolder)))
                return above.FullName;
        }
        return folder;
    }

    private static IReadOnlyList<string> Expand(string name)
    {
        if (File.Exists(name))
            return [name];
        if (Directory.Exists(name))
        {
            var inside = InFolder(name);
            return inside.Count > 0 ? inside : throw new RunUsageException($"The folder {name} contains no notebooks.");
        }
        if (!name.Contains('*', StringComparison.Ordinal))
            throw new RunUsageException($"The notebook {name} does not exist.");
        var root = Path.GetPathRoot(name) is { Length: > 0 } rooted ? rooted : ".";
        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(root == "." ? name : Path.GetRelativePath(root, name));
        var matches = matcher.GetResultsInFullPath(root)
            .Where(path => IsNotebook(path) && !path.Contains(Path.DirectorySeparatorChar + ".", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        return matches.Count > 0 ? matches : throw new RunUsageException($"No notebook matches {name}.");
    }

    private static IReadOnlyList<string> InFolder(string folder)
        => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Where(IsNotebook).Order(StringComparer.Ordinal)] : [];

    private static bool IsNotebook(string path) => _endings.Contains(Path.GetExtension(path), StringComparer.Ordinal);
}
