using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Files;

public sealed class ModuleFileTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void The_bytes_are_TorchSharps()
    {
        using var linear = nn.Linear(3, 1, hasBias: false);
        nn.init.constant_(linear.weight, 1);
        using var bytes = new MemoryStream();

        linear.save(bytes);

        // one entry; "weight"; Float32; two dimensions of 1 and 3; three ones
        Assert.Equal("0106776569676874060201030000803F0000803F0000803F", Convert.ToHexString(bytes.ToArray()));
    }

    [Fact]
    public void A_saved_module_loads_into_another_and_says_what_it_loaded()
    {
        using var source = PyTorchFileTests.Network();
        using var target = PyTorchFileTests.Network();
        var told = new Dictionary<string, bool>();

        source.save(_folder["net.dat"]);
        target.load(_folder["net.dat"], loadedParameters: told);

        foreach (var (name, tensor) in source.state_dict())
            Assert.True(tensor.eq(target.state_dict()[name]).all().item<bool>(), name);
        Assert.Equal(source.state_dict().Keys.ToDictionary(name => name, _ => true), told);
    }

    [Fact]
    public void Skipped_names_are_neither_written_nor_read()
    {
        using var source = nn.Linear(2, 2);
        using var target = nn.Linear(2, 2);
        var bias = target.bias!.ToArray<float>();

        source.save(_folder["part.dat"], skip: ["bias"]);
        target.load(_folder["part.dat"], strict: false);
        source.save(_folder["all.dat"]);
        target.load(_folder["all.dat"], skip: ["bias"]);

        Assert.Equal(bias, target.bias!.ToArray<float>());
        Assert.Equal(source.weight.ToArray<float>(), target.weight.ToArray<float>());
        Assert.ThrowsAny<ArgumentException>(() => target.load(_folder["part.dat"]));
    }

    [Fact]
    public void A_file_of_another_network_leaves_the_module_as_it_was()
    {
        using var other = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 3));
        using var target = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2));
        var before = target.state_dict()["0.weight"].ToArray<float>();
        other.save(_folder["other.dat"]);

        var error = Assert.ThrowsAny<ArgumentException>(() => target.load(_folder["other.dat"]));

        Assert.Contains("1.weight is Float32 of shape [3x2] in the file", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.state_dict()["0.weight"].ToArray<float>());
    }

    [Fact]
    public void Create_makes_a_module_of_a_file()
    {
        using var source = new Small();
        source.save(_folder["small.dat"]);

        using var made = nn.Module.Create<Small>(_folder["small.dat"]);

        Assert.Equal(source.state_dict()["inner.weight"].ToArray<float>(), made.state_dict()["inner.weight"].ToArray<float>());
    }

    private sealed class Small : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear inner = nn.Linear(2, 2);

        public Small()
            : base(nameof(Small)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.call(input);
    }
}
