using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Files;

// PyTorch reads the files that this library writes.
public sealed class PyTorchReadsOursTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    [FactWithPyTorch]
    public void PyTorch_loads_a_modules_state_and_a_checkpoint()
    {
        using var net = PyTorchFileTests.Network();
        var all = arange(12L).view(3, 4);
        var content = new Dictionary<string, object?>
        {
            ["model"] = net.state_dict(),
            ["epoch"] = 3,
            ["rate"] = 0.5,
            ["best"] = true,
            ["note"] = "naïve 注",
            ["none"] = null,
            ["big"] = 1L << 40,
            ["pair"] = (1, "two"),
            ["list"] = new[] { 1, 2 },
            ["shared"] = new[] { all, all[1], all.t() },
            ["empty"] = zeros(0, 3),
            ["half"] = ones(2).half(),
            ["brain"] = ones(2).bfloat16(),
            ["truth"] = tensor(true),
            ["leaf"] = ones(1).requires_grad_(),
        };
        PyTorchFile.Save(content, _folder["ours.pth"]);

        var items = Read(_folder["ours.pth"]).GetProperty("items").EnumerateArray().ToDictionary(item => item[0].GetString()!, item => item[1]);
        Assert.Equal("OrderedDict", items["model"].GetProperty("type").GetString());
        var weight = items["model"].GetProperty("items")[0];
        Assert.Equal("0.weight", weight[0].GetString());
        Assert.False(weight[1].GetProperty("grad").GetBoolean());
        Assert.Equal(net.state_dict()["0.weight"].data<float>().ToArray(), Values(weight[1]).Select(value => (float)value));
        Assert.Equal(
            "[3,0.5,true,\"na\\u00efve \\u6ce8\",null,1099511627776]",
            $"[{string.Join(",", new[] { "epoch", "rate", "best", "note", "none", "big" }.Select(name => items[name].GetRawText()))}]");
        Assert.Equal(("tuple", "list"), (items["pair"].GetProperty("type").GetString(), items["list"].GetProperty("type").GetString()));
        Assert.All(items["shared"].GetProperty("items").EnumerateArray(), tensor => Assert.All(Values(tensor), value => Assert.Equal(0, value)));
        Assert.Equal("[1, 4]", items["shared"].GetProperty("items")[2].GetProperty("stride").GetRawText());
        Assert.Equal("[0, 3]", items["empty"].GetProperty("shape").GetRawText());
        Assert.Equal(
            ["torch.float16", "torch.bfloat16", "torch.bool"],
            new[] { "half", "brain", "truth" }.Select(name => items[name].GetProperty("dtype").GetString()));
        Assert.True(items["leaf"].GetProperty("grad").GetBoolean());
    }

    private static IEnumerable<double> Values(JsonElement tensor) => tensor.GetProperty("values").EnumerateArray().Select(value => value.GetDouble());

    /// <summary>Returns the output of read_pth.py for a file.</summary>
    private static JsonElement Read(string path) => JsonDocument.Parse(PyTorchProcess.Run("Files", "read_pth.py", path)).RootElement;
}
