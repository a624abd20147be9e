using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Optim;

// States of optimizers in files with PyTorch's layout, within this library; PyTorchOptimizerTests exchanges such files with PyTorch.
public sealed class OptimizerStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. Optimizers.Names];

    private string Path => _folder["optimizer.pth"];

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_resumed_from_a_file_continues_with_bit_equal_results(string name)
    {
        var a = Weights();
        var optimizer = Optimizers.Create(name, a);
        Train(optimizer, a, 5);
        optimizer.ParamGroups.Single().LearningRate = 1.0 / 300;
        optimizer.save_py(Path);
        var b = new Parameter(a.detach().clone());
        var resumed = Optimizers.Create(name, b);
        resumed.load_py(Path);
        Train(optimizer, a, 5);
        Train(resumed, b, 5);
        Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
        Assert.Equal(1.0 / 300, resumed.ParamGroups.Single().LearningRate);
        Assert.Equal(optimizer.ParamGroups.Single().InitialLearningRate, resumed.ParamGroups.Single().InitialLearningRate);
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    public void A_fused_optimizer_resumes_from_a_file_with_bit_equal_results(string name)
    {
        OptimizerHelper Create(Parameter weights) => name switch
        {
            "SGD" => optim.fused.SGD([weights], 0.02, momentum: 0.9),
            "Adam" => optim.fused.Adam([weights], 0.02, amsgrad: true),
            _ => optim.fused.AdamW([weights], 0.02, weight_decay: 0.1),
        };
        var a = Weights();
        var optimizer = Create(a);
        Train(optimizer, a, 5);
        optimizer.save_py(Path);
        var b = new Parameter(a.detach().clone());
        var resumed = Create(b);
        resumed.load_py(Path);
        Train(optimizer, a, 5);
        Train(resumed, b, 5);
        Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_from_before_the_first_step_resets_the_optimizer(string name)
    {
        var a = Weights();
        var optimizer = Optimizers.Create(name, a);
        optimizer.save_py(Path);
        var b = new Parameter(a.detach().clone());
        var used = Optimizers.Create(name, b);
        Train(used, b, 3);
        using (no_grad())
            b.copy_(a);
        used.load_py(Path);
        Train(optimizer, a, 3);
        Train(used, b, 3);
        Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
    }

    [Fact]
    public void A_loaded_state_survives_the_scope_in_which_it_was_loaded()
    {
        var a = Weights();
        var optimizer = Optimizers.Create("Adam", a);
        Train(optimizer, a, 1);
        var b = new Parameter(a.detach().clone());
        var resumed = Optimizers.Create("Adam", b);
        using (NewDisposeScope())
            resumed.load_state_dict_py(optimizer.state_dict_py());
        Train(optimizer, a, 1);
        Train(resumed, b, 1);
        Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
    }

    [Fact]
    public void Each_group_gets_its_own_options_and_states()
    {
        var (a, b, c, d) = (Weights(), Weights(), Weights(), Weights());
        var optimizer = Groups(a, b, 0.1, 0.5);
        Train(optimizer, a, 2);
        Train(optimizer, b, 1);
        var resumed = Groups(c, d, 7, 7);
        resumed.load_state_dict_py(optimizer.state_dict_py());
        var ours = optimizer.state_dict().State.Cast<Adam.State>();
        var theirs = resumed.state_dict().State.Cast<Adam.State>();
        Assert.Equal([0.1, 0.5], resumed.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(ours.Select(state => state.step), theirs.Select(state => state.step));
        Assert.Equal(ours.Select(state => state.exp_avg.sum().item<float>()), theirs.Select(state => state.exp_avg.sum().item<float>()));
    }

    [Fact]
    public void Loading_leaves_no_tensors()
    {
        var a = Weights();
        var optimizer = Optimizers.Create("Adam", a);
        Train(optimizer, a, 1);
        optimizer.save_py(Path);
        var before = LiveTensors.Settle();
        optimizer.load_py(Path);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_truncated_file_is_rejected_without_changes()
    {
        var a = Weights();
        var optimizer = Optimizers.Create("Adam", a);
        Train(optimizer, a, 2);
        optimizer.save_py(Path);
        var whole = File.ReadAllBytes(Path);
        Train(optimizer, a, 1);
        var after = Average(optimizer);
        var tensors = LiveTensors.Settle();
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Path, whole[..length]);
            var error = Assert.Throws<InvalidDataException>(() => optimizer.load_py(Path));
            Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.Equal(after, Average(optimizer));
    }

    [Fact]
    public void A_file_with_any_byte_changed_loads_or_is_rejected_with_a_documented_exception()
    {
        var a = Weights();
        var optimizer = Optimizers.Create("Adam", a);
        Train(optimizer, a, 2);
        optimizer.save_py(Path);
        var whole = File.ReadAllBytes(Path);
        var tensors = LiveTensors.Settle();
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 1;
            File.WriteAllBytes(Path, damaged);
            var error = Record.Exception(() => optimizer.load_py(Path));
            Assert.True(error is null or InvalidDataException or InvalidOperationException, $"byte {i}: {error}");
        }
        Assert.Equal(tensors, Tensor.TotalCount);
    }

    [Fact]
    public void The_state_of_another_optimizer_is_rejected_without_changes()
    {
        var a = Weights();
        var optimizer = Optimizers.Create("Adam", a);
        Train(optimizer, a, 1);
        var other = Optimizers.Create("SGD", a);
        var error = Assert.Throws<InvalidOperationException>(() => other.load_state_dict_py(optimizer.state_dict_py()));
        Assert.Contains("exp_avg, which SGD does not have", error.Message, StringComparison.Ordinal);
        Assert.Null(((SGD.State)other.state_dict().State[0]).momentum_buffer);
        Train(other, a, 1);
        error = Assert.Throws<InvalidOperationException>(() => optimizer.load_state_dict_py(other.state_dict_py()));
        Assert.Contains("momentum_buffer, which Adam does not have", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_of_other_parameters_is_rejected_without_changes()
    {
        var (a, small) = (Weights(), new Parameter(ones(2)));
        var optimizer = Optimizers.Create("Adam", a);
        Train(optimizer, a, 1);
        var smaller = optim.Adam([small], 7);
        var error = Assert.Throws<InvalidOperationException>(() => smaller.load_state_dict_py(optimizer.state_dict_py()));
        Assert.Contains("[4x3]", error.Message, StringComparison.Ordinal);
        Assert.Equal(7, smaller.ParamGroups.Single().LearningRate);
        error = Assert.Throws<InvalidOperationException>(() => Groups(a, small, 1, 1).load_state_dict_py(optimizer.state_dict_py()));
        Assert.Contains("1 parameter groups", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_replaces_the_file_and_leaves_no_other_file()
    {
        var a = Weights();
        var optimizer = Optimizers.Create("Adam", a);
        optimizer.save_py(Path);
        Train(optimizer, a, 1);
        optimizer.save_py(Path);
        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
        var resumed = Optimizers.Create("Adam", a);
        resumed.load_py(Path);
        Assert.Equal(1, ((Adam.State)resumed.state_dict().State[0]).step);
    }

    private static Adam Groups(Parameter a, Parameter b, double first, double second) => optim.Adam(
        [new Adam.ParamGroup([a], new Adam.Options { LearningRate = first }), new Adam.ParamGroup([b], new Adam.Options { LearningRate = second })]);

    private static float[] Average(OptimizerHelper optimizer) => ((Adam.State)optimizer.state_dict().State[0]).exp_avg.data<float>().ToArray();

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
