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
    public void A_container_is_the_SDKs_image_and_installs_nothing_else(string file)
    {
        using var settings = Settings(file);
        Assert.Equal("mcr.microsoft.com/dotnet/sdk:10.0", settings.RootElement.GetProperty("image").GetString());
        Assert.False(settings.RootElement.TryGetProperty("features", out _));
        Assert.Equal("./nb setup", settings.RootElement.GetProperty("onCreateCommand").GetString());
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
