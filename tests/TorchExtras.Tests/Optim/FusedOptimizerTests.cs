using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Optim;

/// <summary>Compares the fused optimizers with TorchSharp's.</summary>
public sealed class FusedOptimizerTests : IDisposable
{
    private const int Steps = 6;

    private static readonly Dictionary<string, (Make Plain, Make Fused)> _pairs = new()
    {
        ["SGD"] = (p => optim.SGD(p, 0.05), p => optim.fused.SGD(p, 0.05)),
        ["SGD momentum"] = (p => optim.SGD(p, 0.05, 0.9, 0.3, 0.1), p => optim.fused.SGD(p, 0.05, 0.9, 0.3, 0.1)),
        ["SGD nesterov"] = (p => optim.SGD(p, 0.05, 0.9, 0, 0.1, true), p => optim.fused.SGD(p, 0.05, 0.9, 0, 0.1, true)),
        ["SGD maximize"] = (p => optim.SGD(p, 0.05, 0.9, 0, 0.1, maximize: true), p => optim.fused.SGD(p, 0.05, 0.9, 0, 0.1, maximize: true)),
        ["Adam"] = (p => optim.Adam(p, 0.05, 0.8, 0.95, 1e-6), p => optim.fused.Adam(p, 0.05, 0.8, 0.95, 1e-6)),
        ["Adam decay"] = (p => optim.Adam(p, 0.05, weight_decay: 0.1), p => optim.fused.Adam(p, 0.05, weight_decay: 0.1)),
        ["Adam amsgrad"] = (p => optim.Adam(p, 0.05, amsgrad: true), p => optim.fused.Adam(p, 0.05, amsgrad: true)),
        ["Adam maximize"] = (p => optim.Adam(p, 0.05, maximize: true), p => optim.fused.Adam(p, 0.05, maximize: true)),
        ["AdamW"] = (p => optim.AdamW(p, 0.05), p => optim.fused.AdamW(p, 0.05)),
        ["AdamW decay"] = (p => optim.AdamW(p, 0.05, 0.8, 0.95, 1e-6, 0.1), p => optim.fused.AdamW(p, 0.05, 0.8, 0.95, 1e-6, 0.1)),
        ["AdamW amsgrad"] = (p => optim.AdamW(p, 0.05, weight_decay: 0.1, amsgrad: true), p => optim.fused.AdamW(p, 0.05, weight_decay: 0.1, amsgrad: true)),
    };

    private readonly Tensor[] _starts;
    private readonly Tensor[][] _gradients;
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public FusedOptimizerTests()
    {
        manual_seed(1);
        _starts = Draw();
        _gradients = [.. Enumerable.Range(0, 2 * Steps).Select(_ => Draw())];
    }

    private delegate OptimizerHelper Make(IEnumerable<Parameter> parameters);

    public static TheoryData<string> Names => [.. _pairs.Keys];

    public void Dispose()
    {
        foreach (var tensor in _gradients.SelectMany(gradients => gradients).Concat(_starts))
            tensor.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_steps_equal_those_of_TorchSharp(string name)
    {
        var (plain, fused) = _pairs[name];
        Same(Stepped(plain, _starts), Stepped(fused, _starts));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_fused_replacement_has_the_same_steps(string name)
    {
        var plain = _pairs[name].Plain;
        Same(Stepped(plain, _starts), Stepped(p => (OptimizerHelper)optim.fused.From(plain(p)), _starts));
    }

    [Fact]
    public void An_optimizer_without_a_fused_replacement_is_returned()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.RMSProp([weight]);
        Assert.Same(optimizer, optim.fused.From(optimizer));
        using var fused = optim.fused.SGD([weight], 0.1);
        Assert.Same(fused, optim.fused.From(fused));
    }

    [Fact]
    public void The_fused_replacement_continues_from_the_state()
    {
        using var scope = NewDisposeScope();
        var (weight, expected) = (new Parameter(ones(3)), new Parameter(ones(3)));
        optim.Optimizer optimizer = optim.Adam([weight], 0.1);
        var reference = optim.Adam([expected], 0.1);
        for (var step = 0; step < 6; step++)
        {
            if (step == 3)
                optimizer = optim.fused.From(optimizer);
            (weight.grad, expected.grad) = (full([3], step + 1f), full([3], step + 1f));
            optimizer.step();
            reference.step();
        }
        Assert.True(weight.allclose(expected, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_with_another_memory_layout_have_the_same_steps(string name)
    {
        var (plain, fused) = _pairs[name];
        using var scope = NewDisposeScope();
        // dense in another order of dimensions, and a slice with gaps
        Tensor[] turned = [_starts[0].t().contiguous().t(), stack([_starts[1], _starts[1]], 1)[.., 0]];
        Assert.False(turned[0].is_contiguous());
        Assert.False(turned[1].is_contiguous());
        Same(Stepped(plain, turned), Stepped(fused, turned));
        Same(Stepped(plain, [turned[0], _starts[1]]), Stepped(fused, [turned[0], _starts[1]]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_of_two_types_have_the_same_steps(string name)
    {
        var (plain, fused) = _pairs[name];
        using var scope = NewDisposeScope();
        Tensor[] mixed = [_starts[0], _starts[1].@double()];
        Same(Stepped(plain, mixed), Stepped(fused, mixed));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_file_of_TorchSharps_optimizer_continues_in_the_fused_one_and_back(string name)
    {
        var (plain, fused) = _pairs[name];
        Same(Continued(plain, fused), Continued(plain, plain));
        Same(Continued(fused, plain), Continued(plain, plain));
        Assert.Equal(Continued(fused, fused), Uninterrupted(fused));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_dictionary_continues_with_bit_equal_results(string name)
    {
        var fused = _pairs[name].Fused;
        using var scope = NewDisposeScope();
        var (first, second) = (Parameters(_starts), Parameters(_starts));
        using var from = fused(first);
        using var to = fused(second);
        Step(from, first, 0, Steps);
        using (NewDisposeScope())
            to.load_state_dict(from.state_dict());
        using (no_grad())
        {
            foreach (var (source, target) in first.Zip(second))
                target.copy_(source);
        }
        Step(from, first, Steps, Steps);
        Step(to, second, Steps, Steps);
        Assert.Equal(Values(first), Values(second));
    }

    [Fact]
    public void A_scheduler_changes_the_learning_rate()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.fused.SGD([weight], 1);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, 1, 0.25);
        weight.sum().backward();
        scheduler.step();
        Assert.Equal(0.25, optimizer.ParamGroups.Single().LearningRate);
        optimizer.step();
        Assert.Equal(0.75f, weight.detach().ToSingle());
    }

    [Fact]
    public void Groups_have_separate_settings()
    {
        using var slow = new Parameter(ones(1));
        using var fast = new Parameter(ones(1));
        using var optimizer = optim.fused.SGD([new SGD.ParamGroup([slow], lr: 0.1), new SGD.ParamGroup([fast], lr: 0.5)], 1);
        (slow.sum() + fast.sum()).backward();
        optimizer.step();
        Assert.Equal(0.9f, slow.detach().ToSingle(), 1e-6f);
        Assert.Equal(0.5f, fast.detach().ToSingle(), 1e-6f);
    }

    [Fact]
    public void A_parameter_without_a_gradient_is_not_changed()
    {
        using var used = new Parameter(ones(1));
        using var unused = new Parameter(ones(1));
        using var optimizer = optim.fused.AdamW([used, unused], 0.1, weight_decay: 0.5);
        used.sum().backward();
        optimizer.step();
        Assert.Equal(1, unused.detach().ToSingle());
        Assert.NotEqual(1, used.detach().ToSingle());
    }

    [Fact]
    public void The_closure_runs_once_and_its_loss_is_returned()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.fused.Adam([weight], 0.1);
        var runs = 0;
        using var loss = optimizer.step(() =>
        {
            runs++;
            optimizer.zero_grad();
            var value = weight.pow(2).sum();
            value.backward();
            return value;
        });
        Assert.Equal(1, loss!.ToSingle());
        Assert.Equal(1, runs);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_leaves_no_tensors(string name)
    {
        using var outer = NewDisposeScope();
        var parameters = Parameters(_starts);
        using var optimizer = _pairs[name].Fused(parameters);
        Step(optimizer, parameters, 0, 2);
        using var scope = NewDisposeScope();
        optimizer.step();
        Assert.Equal(0, scope.DisposablesCount);
    }

    private static Tensor[] Draw() => [randn(3, 4), randn(5), randn([])];

    private static Parameter[] Parameters(IEnumerable<Tensor> starts) =>
        [.. starts.Select(start => new Parameter(empty_like(start).set_(start.detach().clone())))];

    private float[] Stepped(Make make, Tensor[] starts)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [.. starts.Select(start => new Parameter(Copy(start)))];
        using var optimizer = make(parameters);
        Step(optimizer, parameters, 0, Steps);
        return Values(parameters);
    }

    /// <summary>Returns a copy with the strides of the original.</summary>
    private static Tensor Copy(Tensor tensor)
    {
        var strides = tensor.stride();
        var length = 1 + tensor.shape.Zip(strides, (size, stride) => (size - 1) * stride).Sum();
        return zeros([length], tensor.dtype).as_strided(tensor.shape, strides).copy_(tensor);
    }

    private float[] Uninterrupted(Make make)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters(_starts);
        using var optimizer = make(parameters);
        Step(optimizer, parameters, 0, 2 * Steps);
        return Values(parameters);
    }

    private float[] Continued(Make first, Make second)
    {
        var path = Path.Combine(_folder, "optimizer.state");
        using var scope = NewDisposeScope();
        var parameters = Parameters(_starts);
        using (var optimizer = first(parameters))
        {
            Step(optimizer, parameters, 0, Steps);
            optimizer.save_state_dict(path);
        }
        using var resumed = second(parameters);
        resumed.load_state_dict(path);
        Step(resumed, parameters, Steps, Steps);
        return Values(parameters);
    }

    private void Step(optim.Optimizer optimizer, Parameter[] parameters, int from, int count)
    {
        foreach (var gradients in _gradients.Skip(from).Take(count))
        {
            foreach (var (parameter, gradient) in parameters.Zip(gradients))
                parameter.grad = gradient.to(parameter.dtype, copy: true);
            optimizer.step();
        }
    }

    private static float[] Values(IEnumerable<Tensor> tensors) =>
        [.. tensors.SelectMany(tensor => tensor.detach().@float().contiguous().data<float>().ToArray())];

    private static void Same(float[] expected, float[] actual) =>
        Assert.Equal(expected, actual, (one, other) => Math.Abs(one - other) <= 2e-6f * Math.Max(1, Math.Abs(one)));
}
