using LibTorch.Tests.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Optim;

public sealed class OptimizerStateTests : IDisposable
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, OptimizerHelper>> _optimizers = new()
    {
        ["SGD"] = parameters => optim.SGD(parameters, 0.01, momentum: 0.9, weight_decay: 0.1),
        ["Adam"] = parameters => optim.Adam(parameters, 0.01, amsgrad: true),
        ["AdamW"] = parameters => optim.AdamW(parameters, 0.01, weight_decay: 0.1),
        ["RMSProp"] = parameters => optim.RMSProp(parameters, 0.01, momentum: 0.9, centered: true),
        ["Adagrad"] = parameters => optim.Adagrad(parameters, 0.01, lr_decay: 0.1),
        ["NAdam"] = parameters => optim.NAdam(parameters),
        ["Adadelta"] = parameters => optim.Adadelta(parameters),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Names => [.. _optimizers.Keys];

    private string Path => System.IO.Path.Combine(_folder, "optimizer.state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_resumed_from_a_file_goes_on_to_the_same_bits(string name)
    {
        using var a = Weights();
        using var optimizer = _optimizers[name]([a]);
        Train(optimizer, a, 5);
        optimizer.ParamGroups.Single().LearningRate = 1.0 / 300;
        optimizer.save_state_dict(Path);
        using var b = new Parameter(a.detach().clone());
        using var resumed = _optimizers[name]([b]);
        resumed.load_state_dict(Path);
        Train(optimizer, a, 5);
        Train(resumed, b, 5);
        Assert.Equal(a.detach().ToArray<float>(), b.detach().ToArray<float>());
        Assert.Equal(1.0 / 300, resumed.ParamGroups.Single().LearningRate);
        Assert.Equal(optimizer.ParamGroups.Single().InitialLearningRate, resumed.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void Training_resumed_from_a_dictionary_goes_on_to_the_same_bits()
    {
        using var a = Weights();
        using var optimizer = optim.Adam([a], 0.01);
        Train(optimizer, a, 5);
        using var b = new Parameter(a.detach().clone());
        using var resumed = optim.Adam([b]);
        resumed.load_state_dict(optimizer.state_dict());
        Train(optimizer, a, 5);
        Train(resumed, b, 5);
        Assert.Equal(a.detach().ToArray<float>(), b.detach().ToArray<float>());
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_and_changes_nothing()
    {
        using var a = Weights();
        using var optimizer = optim.Adam([a]);
        Train(optimizer, a, 2);
        optimizer.save_state_dict(Path);
        var whole = File.ReadAllBytes(Path);
        var before = optimizer.state_dict().State[0].Tensors["exp_avg"].ToArray<float>();
        Train(optimizer, a, 1);
        var after = optimizer.state_dict().State[0].Tensors["exp_avg"].ToArray<float>();
        Assert.NotEqual(before, after);
        var tensors = LiveTensors.Settle();
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Path, whole[..length]);
            var error = Assert.Throws<InvalidDataException>(() => optimizer.load_state_dict(Path));
            Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(after, optimizer.state_dict().State[0].Tensors["exp_avg"].ToArray<float>());
        Assert.Equal(tensors, Tensor.TotalCount);
    }

    [Fact]
    public void A_file_with_any_byte_changed_loads_or_is_refused_with_an_error_of_its_own()
    {
        using var a = Weights();
        using var optimizer = optim.Adam([a]);
        Train(optimizer, a, 2);
        optimizer.save_state_dict(Path);
        var whole = File.ReadAllBytes(Path);
        var tensors = LiveTensors.Settle();
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 1;
            File.WriteAllBytes(Path, damaged);
            var error = Record.Exception(() => optimizer.load_state_dict(Path));
            Assert.True(error is null or InvalidDataException or InvalidOperationException, $"byte {i}: {error}");
        }
        optimizer.Dispose();
        Assert.Equal(tensors - 2, Tensor.TotalCount);
    }

    [Fact]
    public void A_foreign_file_is_refused()
    {
        using var a = Weights();
        using var optimizer = optim.Adam([a]);
        File.WriteAllText(Path, "not a state at all, but long enough to be one");
        Assert.Throws<InvalidDataException>(() => optimizer.load_state_dict(Path));
    }

    [Fact]
    public void The_state_of_another_optimizer_or_other_parameters_is_refused()
    {
        using var a = Weights();
        using var optimizer = optim.Adam([a]);
        Train(optimizer, a, 1);
        optimizer.save_state_dict(Path);
        using var other = optim.AdamW([a]);
        var error = Assert.Throws<InvalidOperationException>(() => other.load_state_dict(Path));
        Assert.Contains("Adam;", error.Message, StringComparison.Ordinal);
        using var small = new Parameter(ones(2));
        using var smaller = optim.Adam([small]);
        error = Assert.Throws<InvalidOperationException>(() => smaller.load_state_dict(Path));
        Assert.Contains("[4x3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_replaces_the_file_whole_and_leaves_nothing_beside_it()
    {
        using var a = Weights();
        using var optimizer = optim.Adam([a]);
        optimizer.save_state_dict(Path);
        Train(optimizer, a, 1);
        optimizer.save_state_dict(Path);
        Assert.Equal([Path], Directory.GetFiles(_folder));
        using var resumed = optim.Adam([a]);
        resumed.load_state_dict(Path);
        Assert.Equal(1, resumed.state_dict().State[0].step);
    }

    private static Parameter Weights() => new(randn([4, 3], generator: new Generator(1)));

    private static void Train(optim.Optimizer optimizer, Tensor weights, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (weights.sin() * weights).sum().backward();
            optimizer.step();
        }
    }
}
