using System.Text.Json;
using System.Text.RegularExpressions;

namespace Repository.Tests;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows =>
        [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, ".github", "workflows")).Select(path => Path.GetRelativePath(Checkout.Root, path)).Order()];

    public static TheoryData<string> Containers => [".devcontainer/devcontainer.json", ".devcontainer/gpu/devcontainer.json"];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Everything_that_a_workflow_does_can_be_done_by_hand(string workflow)
    {
        var commands = Run().Matches(Checkout.Read(workflow)).Select(run => run.Groups["command"].Value).ToList();
        Assert.NotEmpty(commands);
        // apt-get gets git and what setup-dotnet needs into a container that has neither
        Assert.All(commands, command => Assert.Matches(@"^((\./)?nb |apt-get update -qq && apt-get install .* git curl ca-certificates$)", command));
    }

    [Fact]
    public void Tests_run_on_every_system_that_the_readme_names()
        => Assert.Contains("os: [ubuntu-22.04, ubuntu-24.04, windows-latest, macos-latest]", Checkout.Read(".github/workflows/ci.yml"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_container_restores_and_builds_and_installs_nothing_else(string file)
    {
        using var settings = Settings(file);
        Assert.False(settings.RootElement.TryGetProperty("features", out _));
        Assert.Equal("./nb setup", settings.RootElement.GetProperty("onCreateCommand").GetString());
    }

    [Fact]
    public void The_container_is_the_SDKs_image()
    {
        using var settings = Settings(".devcontainer/devcontainer.json");
        Assert.Equal("mcr.microsoft.com/dotnet/sdk:10.0", settings.RootElement.GetProperty("image").GetString());
    }

    [Fact]
    public void The_container_for_a_GPU_has_a_CUDA_image_the_SDK_and_the_package_with_CUDA()
    {
        using var settings = Settings(".devcontainer/gpu/devcontainer.json");
        Assert.Equal("Dockerfile", settings.RootElement.GetProperty("build").GetProperty("dockerfile").GetString());
        Assert.Equal("TorchSharp-cuda-linux", settings.RootElement.GetProperty("containerEnv").GetProperty("TorchSharpPackage").GetString());
        Assert.Matches(@"(?s)FROM mcr\.microsoft\.com/dotnet/sdk:10\.0\S* AS sdk.*FROM nvidia/cuda:12\.8\.\S+.*COPY --from=sdk", Checkout.Read(".devcontainer/gpu/Dockerfile"));
    }

    [Fact]
    public void The_editors_tasks_run_the_readmes_commands()
    {
        using var tasks = Settings(".vscode/tasks.json");
        var commands = tasks.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("command").GetString()).ToList();
        Assert.All(Readme.Commands("README.md", "./nb lab"), command => Assert.Contains(command, commands));
    }

    [Fact]
    public void The_recommended_extensions_are_those_of_the_container()
    {
        using var container = Settings(".devcontainer/devcontainer.json");
        using var recommended = Settings(".vscode/extensions.json");
        Assert.Equal(
            container.RootElement.GetProperty("customizations").GetProperty("vscode").GetProperty("extensions").EnumerateArray().Select(id => id.GetString()),
            recommended.RootElement.GetProperty("recommendations").EnumerateArray().Select(id => id.GetString()));
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_container_ends_with_the_kernel_installed_and_opens_a_chapter_that_exists(string file)
    {
        using var settings = Settings(file);
        Assert.Equal("./nb kernel install", settings.RootElement.GetProperty("postCreateCommand").GetString());
        var opened = settings.RootElement.GetProperty("customizations").GetProperty("codespaces").GetProperty("openFiles");
        Assert.All(opened.EnumerateArray(), path => Assert.True(File.Exists(Path.Combine(Checkout.Root, path.GetString()!)), path.GetString()));
    }

    private static JsonDocument Settings(string file) =>
        JsonDocument.Parse(Checkout.Read(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

    [GeneratedRegex(@"^\s+(?:- )?run: (?<command>.+)$", RegexOptions.Multiline)]
    private static partial Regex Run();
}
