using Microsoft.Extensions.FileSystemGlobbing;

namespace NotebookHost.Running;

/// <summary>Finds the notebooks that a command line names: files, folders, globs, or nothing for all.</summary>
internal static class NotebookSearch
{
    private const string DefaultFolder = "notebooks";

    private static readonly string[] _endings = [".ipynb", ".dib"];

    /// <summary>Returns the notebooks in the order named; those of a folder or glob by name. None twice.</summary>
    /// <exception cref="RunUsageException">A name matches nothing.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names, string root)
    {
        if (names.Count > 0)
            return [.. names.SelectMany(Expand).Distinct(StringComparer.Ordinal)];
        var all = InFolder(Path.Combine(root, DefaultFolder));
        return all.Count > 0
            ? all
            : throw new RunUsageException($"No notebook was named, and there is none in {Path.Combine(root, DefaultFolder)}.");
    }

    /// <summary>Returns the nearest folder above that has a folder of notebooks, so that commands work from anywhere in a checkout.</summary>
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
            return inside.Count > 0 ? inside : throw new RunUsageException($"There is no notebook in the folder {name}.");
        }
        if (!name.Contains('*', StringComparison.Ordinal))
            throw new RunUsageException($"There is no notebook {name}.");
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
