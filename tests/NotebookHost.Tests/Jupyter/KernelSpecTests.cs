using System.Text.Json.Nodes;
using NotebookHost.Jupyter;

namespace NotebookHost.Tests.Jupyter;

public sealed class KernelSpecTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_kernel_is_listed_under_its_own_name_and_under_the_retired_one()
    {
        KernelSpecs.Install(_folder.Path, ["dotnet", "nb.dll", "kernel"], []);

        foreach (var name in new[] { "csharp", ".net-csharp" })
        {
            var spec = JsonNode.Parse(File.ReadAllText(_folder[$"{name}/kernel.json"]))!;
            Assert.Equal("""["dotnet","nb.dll","kernel","{connection_file}"]""", spec["argv"]!.ToJsonString());
            Assert.Equal(("C#", "message"), ((string?)spec["language"], (string?)spec["interrupt_mode"]));
        }
    }

    [Fact]
    public void The_retired_kernel_is_neither_overwritten_nor_removed()
    {
        _folder.Write(".net-csharp/kernel.json", """{"argv": ["dotnet", "interactive"]}""");

        var installed = KernelSpecs.Install(_folder.Path, ["x"], []);
        KernelSpecs.Uninstall(_folder.Path);

        Assert.Equal($".net-csharp belongs to another kernel and is not changed: {_folder[".net-csharp"]}", installed[1]);
        Assert.Contains("interactive", File.ReadAllText(_folder[".net-csharp/kernel.json"]), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["csharp"]));
    }

    [Fact]
    public void The_retired_name_is_left_alone_where_another_folder_has_it()
    {
        _folder.Write("elsewhere/.net-csharp/kernel.json", """{"argv": ["dotnet", "interactive"]}""");

        KernelSpecs.Install(_folder["here"], ["x"], [_folder["elsewhere"]]);

        Assert.Equal([_folder["here/csharp"]], Directory.GetDirectories(_folder["here"]));
    }

    [Fact]
    public void Installing_again_points_at_the_newer_build_and_uninstalling_leaves_nothing()
    {
        KernelSpecs.Install(_folder.Path, ["old"], []);
        KernelSpecs.Install(_folder.Path, ["new"], []);

        Assert.Contains("\"new\"", File.ReadAllText(_folder["csharp/kernel.json"]), StringComparison.Ordinal);
        Assert.Equal(2, KernelSpecs.Uninstall(_folder.Path).Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
