namespace NotebookHost.Cli.Repository;

/// <summary>The test projects of the repository.</summary>
internal static class TestProjects
{
    /// <summary>
    /// Returns the test projects in the order of tests/order.txt, the fastest first. Projects that the file does not contain precede
    /// the others.
    /// </summary>
    public static IReadOnlyList<TestProject> QuickestFirst(Checkout checkout)
    {
        var order = File.ReadAllLines(checkout.At("tests", "order.txt")).ToList();
        return
        [
            .. from folder in Directory.EnumerateDirectories(checkout.At("tests"), "*.Tests")
               let project = new TestProject(Path.GetFileName(folder), Path.Combine(folder, Path.GetFileName(folder) + ".csproj"))
               where File.Exists(project.Path)
               orderby order.IndexOf(project.Name), project.Name
               select project,
        ];
    }
}

/// <summary>A test project.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Path">The path of the project file.</param>
internal sealed record TestProject(string Name, string Path);
