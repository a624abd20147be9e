using NotebookHost.Cli.Repository;

namespace NotebookHost.Tests.Cli;

public sealed class TestProjectsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Projects_of_one_line_are_together_and_unknown_projects_come_first()
    {
        foreach (var name in new[] { "Slow.Tests", "New.Tests", "One.Tests", "Two.Tests" })
            _folder.Write($"{name}/{name}.csproj", "");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "Empty.Tests"));
        _folder.Write("order.txt", "Two.Tests One.Tests\nSlow.Tests\n");

        var names = TestProjects.QuickestFirst(_folder.Path).Select(projects => string.Join(" ", projects.Select(project => project.Name)));

        Assert.Equal(["New.Tests", "Two.Tests One.Tests", "Slow.Tests"], names);
    }
}
