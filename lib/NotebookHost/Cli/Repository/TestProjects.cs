namespace NotebookHost.Cli.Repository;

/// <summary>The test projects of the repository.</summary>
internal static class TestProjects
{
    /// <summary>
    /// Returns the test projects in the order of tests/order.txt, the fastest first. The projects of one line run at the same time; projects
    /// that the file does not contain precede the others.
    /// </summary>
    /// <param name="folder">The folder tests/.</param>
    public static IReadOnlyList<IReadOnlyList<TestProject>> QuickestFirst(string folder)
    {
        var order = File.ReadAllLines(Path.Combine(folder, "order.txt")).Select(line => line.Split(' ')).ToList();
        var known = order.SelectMany(names => names).ToHashSet();
        var projects = Directory.EnumerateDirectories(folder, "*.Tests")
            .Select(path => new TestProject(Path.GetFileName(path), Path.Combine(path, Path.GetFileName(path) + ".csproj")))
            .Where(project => File.Exists(project.Path))
            .OrderBy(project => project.Name)
            .ToDictionary(project => project.Name);
        var unknown = projects.Keys.Where(name => !known.Contains(name)).Select(name => new[] { name });
        return [.. unknown.Concat(order).Select(names => names.Where(projects.ContainsKey).Select(name => projects[name]).ToList())];
    }
}

/// <summary>A test project.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Path">The path of the project file.</param>
internal sealed record TestProject(string Name, string Path);
