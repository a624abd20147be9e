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
        Assert.All(commands, command => Assert.Matches(@"^(\./nb |tests/\w+\.sh|apt-get update)", command));
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_container_ends_with_the_kernel_installed_and_opens_a_chapter_that_is_there(string file)
    {
        using var settings = JsonDocument.Parse(Checkout.Read(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        Assert.EndsWith("./nb kernel install", settings.RootElement.GetProperty("postCreateCommand").GetString(), StringComparison.Ordinal);
        var opened = settings.RootElement.GetProperty("customizations").GetProperty("codespaces").GetProperty("openFiles");
        Assert.All(opened.EnumerateArray(), path => Assert.True(File.Exists(Path.Combine(Checkout.Root, path.GetString()!)), path.GetString()));
    }

    [GeneratedRegex(@"^\s+(?:- )?run: (?<command>.+)$", RegexOptions.Multiline)]
    private static partial Regex Run();
}
