using DeepLearning.Training;

namespace DeepLearning.Tests.Upstream;

public sealed class SharedMembersTests
{
    // what our engine and TorchSharp, TorchVision and Microsoft.Data.Analysis have in common; written by tests/upstream.sh
    private static readonly ILookup<string, string> _shared = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Upstream", "shared-members.txt"))
        .Select(line => line.Split(": "))
        .SelectMany(parts => parts[1].Split(' ').Select(member => (Type: parts[0], Member: member)))
        .ToLookup(entry => entry.Type, entry => entry.Member);

    // the same where C# is written, but otherwise in metadata: extension methods here are the tensor's own there, or in a class of another
    // name, and indexers have another name
    private static readonly string[] _extensions =
        ["TorchSharp.DisposeScopeExtensions", "TorchSharp.TensorConversions", "TorchSharp.TensorPrinting"];

    private static readonly IReadOnlyList<(string Assembly, string Type, string Member, string[] Files)> _used =
        UsedMembers.Of(typeof(Trainer).Assembly.Location);

    [Fact]
    public void Files_for_both_engines_use_what_both_have()
    {
        var alone = _used
            .Where(use => use.Assembly is "LibTorch" or "DataFrame" && !_extensions.Contains(use.Type))
            .Where(use => (use.Type, use.Member) != ("TorchSharp.torch+Tensor", "get_Item"))
            .Where(use => !use.Files.All(file => file.EndsWith(".LibTorch.cs", StringComparison.Ordinal)))
            .Where(use => !_shared[use.Type].Contains(use.Member))
            .Select(use => $"{string.Join(", ", use.Files)} uses {use.Type}.{use.Member}: move that to a file X.LibTorch.cs, which TorchSharp's build leaves out")
            .Distinct()
            .ToList();

        Assert.Empty(alone);
    }

    [Fact]
    public void Uses_are_found_where_they_are()
    {
        Assert.Contains(_used, use => use.Type == "TorchSharp.torch+Tensor" && use.Member == "backward" && use.Files.Contains("Precision.cs"));
        Assert.Contains(_used, use => use.Member == "add_graph" && use.Files.SequenceEqual(["TensorBoardLog.LibTorch.cs"]));
        Assert.DoesNotContain("add_graph", _shared["TorchSharp.Modules.SummaryWriter"]);
    }
}
