using TorchSharp.Extras.Autograd;
using TorchSharp.Extras.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Extras.Tests.Autograd;

/// <summary>Gradients without a graph beside those of automatic differentiation. Where there are no kernels, both are the same.</summary>
public sealed class DirectGradientTests
{
    public static TheoryData<long, long[], bool, bool> Networks => new()
    {
        { 16, [784, 100, 100, 10], true, false }, { 64, [784, 512, 256, 128, 64, 10], true, true }, { 8, [32, 8], true, false },
        { 33, [45, 37, 9], false, true }, { 1000, [192, 120, 60, 10], true, true }, { 17, [1000, 8], false, false }, { 130, [64, 257, 33], true, false },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_and_gradients_are_those_of_a_fused_sequence_bit_for_bit(long samples, long[] widths, bool hasBias, bool endsWithRelu)
    {
        using var scope = NewDisposeScope();
        manual_seed(21);
        using var network = nn.fused.Sequential(Layers(widths, hasBias, endsWithRelu));
        var input = randn(samples, 1, widths[0]);
        var (outputs, gradients) = ByGraph(network, input);
        var (direct, found) = Direct(network, input);
        AssertSame(outputs, direct);
        Assert.All(gradients.Zip(found), pair => AssertSame(pair.First, pair.Second));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_differ_from_those_of_TorchSharps_sequence_by_rounding(long samples, long[] widths, bool hasBias, bool endsWithRelu)
    {
        using var scope = NewDisposeScope();
        manual_seed(22);
        using var network = Sequential(Layers(widths, hasBias, endsWithRelu));
        var input = randn(samples, widths[0]);
        var (_, found) = Direct(network, input);
        network.to(float64);
        var (_, exact) = ByGraph(network, input.to(float64));
        // a ReLU whose input is 0 to rounding may differ; it moves a gradient by far less than its largest elements
        Assert.All(exact.Zip(found), pair => Assert.InRange(
            ((pair.Second.to(float64) - pair.First).norm() / (pair.First.norm() + 1e-30)).item<double>(), 0, 1e-5));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_go_where_a_graph_takes_them(float value)
    {
        using var scope = NewDisposeScope();
        manual_seed(23);
        using var network = nn.fused.Sequential(Layers([40, 48, 33, 10], hasBias: true, endsWithRelu: true));
        var input = randn(16, 40);
        input[3, 5] = value;
        using (no_grad())
            ((Linear)network[3]).weight[2, 7] = value;
        var (outputs, gradients) = ByGraph(network, input);
        var (direct, found) = Direct(network, input);
        AssertSame(outputs, direct);
        Assert.All(gradients.Zip(found), pair => AssertSame(pair.First, pair.Second));
    }

    [Fact]
    public void Gradients_are_added_to_those_of_the_batches_before()
    {
        using var scope = NewDisposeScope();
        manual_seed(24);
        using var network = nn.fused.Sequential(Layers([40, 48, 10], hasBias: true, endsWithRelu: false));
        var (first, second) = (randn(16, 40), randn(12, 40));
        ByGraph(network, first);
        var (_, gradients) = ByGraph(network, second, clear: false);
        Direct(network, first);
        var (_, found) = Direct(network, second, clear: false);
        Assert.All(gradients.Zip(found), pair => AssertSame(pair.First, pair.Second));
    }

    [Fact]
    public void A_gradient_that_is_kept_stays_as_it_is_in_later_steps()
    {
        using var scope = NewDisposeScope();
        manual_seed(25);
        using var network = nn.fused.Sequential(Layers([40, 48, 10], hasBias: true, endsWithRelu: false));
        using var direct = new DirectGradients();
        Step();
        var kept = network.parameters().First().grad!;
        var copy = kept.clone();
        Step();
        AssertSame(copy, kept);

        void Step()
        {
            NetworkPass.Clear(network);
            var input = randn(16, 40);
            (direct.TryForward(network, input) ?? network.call(input)).square().sum().backward();
            direct.Backward();
        }
    }

    [Fact]
    public void Outputs_that_no_loss_depends_on_give_no_gradients()
    {
        using var scope = NewDisposeScope();
        using var network = nn.fused.Sequential(Layers([40, 48, 10], hasBias: true, endsWithRelu: false));
        using var direct = new DirectGradients();
        Assert.Equal(NetworkPass.IsTaken, direct.TryForward(network, randn(16, 40)) is not null);
        direct.Backward();
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_module_that_says_so_is_computed_as_its_sequence()
    {
        using var scope = NewDisposeScope();
        manual_seed(26);
        using var network = new Halved();
        var input = randn(16, 40);
        var (outputs, gradients) = ByGraph(network, input);
        var (direct, found) = Direct(network, input);
        AssertSame(outputs, direct);
        Assert.All(gradients.Zip(found), pair => AssertSame(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("hook of the model")]
    [InlineData("hook of the sequence")]
    [InlineData("hook of a layer")]
    [InlineData("hook of a ReLU")]
    [InlineData("hook before a layer")]
    [InlineData("frozen parameter")]
    [InlineData("weight of two layers")]
    [InlineData("another layer")]
    [InlineData("ReLU after a dropout")]
    [InlineData("dropout of everything")]
    [InlineData("flattening of another dimension")]
    [InlineData("subclass of the sequence")]
    [InlineData("input that requires a gradient")]
    [InlineData("input of Float64")]
    [InlineData("input that is not contiguous")]
    [InlineData("input of another width")]
    [InlineData("few samples")]
    [InlineData("narrow layer")]
    [InlineData("no gradients")]
    [InlineData("autocast")]
    [InlineData("anomaly detection")]
    public void What_could_be_noticed_is_left_to_automatic_differentiation(string what)
    {
        using var scope = NewDisposeScope();
        manual_seed(27);
        using var network = new Halved();
        nn.Module<Tensor, Tensor> model = network;
        var layers = network.Sequence;
        var input = randn(16, 40);
        using IDisposable? mode = what switch
        {
            "no gradients" => no_grad(),
            "autocast" => torch.autocast("cpu", ScalarType.BFloat16),
            "anomaly detection" => autograd.detect_anomaly(),
            _ => null,
        };
        switch (what)
        {
            case "hook of the model": network.register_forward_hook((_, _, output) => output); break;
            case "hook of the sequence": layers.register_forward_hook((_, _, output) => output); break;
            case "hook of a layer": ((Linear)layers[0]).register_forward_hook((_, _, output) => output); break;
            case "hook of a ReLU": ((ReLU)layers[1]).register_forward_hook((_, _, output) => output); break;
            case "hook before a layer": ((Linear)layers[2]).register_forward_pre_hook((_, values) => values); break;
            case "frozen parameter": ((Linear)layers[0]).bias!.requires_grad = false; break;
            case "weight of two layers": model = Sequential((Linear)layers[0], Linear(48, 40), (Linear)layers[0]); break;
            case "another layer": layers.append(Tanh()); break;
            case "ReLU after a dropout": layers.append(Dropout()); layers.append(ReLU()); break;
            case "dropout of everything": layers.append(Dropout(1)); break;
            case "flattening of another dimension": layers.append(Flatten(0)); break;
            case "subclass of the sequence": model = new OtherSequence(Linear(40, 48)); break;
            case "input that requires a gradient": input.requires_grad = true; break;
            case "input of Float64": input = input.to(float64); break;
            case "input that is not contiguous": input = randn(40, 16).t(); break;
            case "input of another width": input = randn(16, 41); break;
            case "few samples": input = randn(3, 40); break;
            case "narrow layer": model = Sequential(Linear(40, 2)); break;
        }
        using var direct = new DirectGradients();
        Assert.Null(direct.TryForward(model, input));
    }

    [Fact]
    public void Dense_networks_are_taken_where_there_are_kernels()
    {
        using var scope = NewDisposeScope();
        using var direct = new DirectGradients();
        Assert.Equal(NetworkPass.IsTaken, direct.TryForward(new Halved(), randn(16, 40)) is not null);
        Assert.Equal(NetworkPass.IsTaken, direct.TryForward(Sequential(Flatten(), Linear(40, 10)), randn(16, 1, 8, 5)) is not null);
        Assert.Equal(NetworkPass.IsTaken, direct.TryForward(Sequential(Linear(40, 48), Flatten(), Sequential(ReLU(), Linear(48, 10))), randn(16, 40)) is not null);
    }

    [Fact]
    public void Training_steps_keep_no_tensors()
    {
        using var network = new Halved();
        using var direct = new DirectGradients();
        using var input = randn(16, 40);
        Assert.InRange(MemoryGrowth.Of(Step), long.MinValue, MemoryGrowth.Limit);

        void Step()
        {
            using var scope = NewDisposeScope();
            (direct.TryForward(network, input) ?? network.call(input)).sum().backward();
            direct.Backward();
            NetworkPass.Clear(network);
        }
    }

    private static nn.Module<Tensor, Tensor>[] Layers(long[] widths, bool hasBias, bool endsWithRelu)
    {
        List<nn.Module<Tensor, Tensor>> layers = [Flatten()];
        for (var i = 1; i < widths.Length; i++)
        {
            layers.Add(Linear(widths[i - 1], widths[i], hasBias));
            // as in tutorial 000, not every layer has an activation
            if (i == widths.Length - 1 ? endsWithRelu : i % 3 != 2)
                layers.Add(ReLU());
        }
        return [.. layers];
    }

    private static (Tensor Outputs, Tensor[] Gradients) ByGraph(nn.Module<Tensor, Tensor> network, Tensor input, bool clear = true) =>
        NetworkPass.ByGraph(network, input, Loss, clear);

    private static (Tensor Outputs, Tensor[] Gradients) Direct(nn.Module<Tensor, Tensor> network, Tensor input, bool clear = true) =>
        NetworkPass.Direct(network, input, Loss, clear);

    private static Tensor Loss(Tensor outputs) => functional.cross_entropy(outputs, arange(outputs.shape[0]).remainder(outputs.shape[1]));

    private static void AssertSame(Tensor expected, Tensor actual) => Assert.True(expected.allclose(actual, rtol: 0, atol: 0, equal_nan: true));

    private sealed class Halved : nn.Module<Tensor, Tensor>, ISequenceModule
    {
        // a field: each step would leave a number to the finalizer otherwise, which runs late on a machine with other load
        private readonly Scalar _two = 2;

        [ComponentName(Name = "layers")]
        private readonly Sequential _layers = nn.fused.Sequential(Linear(40, 48), ReLU(), Linear(48, 10));

        public Halved()
            : base(nameof(Halved)) => RegisterComponents();

        public Sequential Sequence => _layers;

        LayerSequence ISequenceModule.Layers => field ??= new(_layers);

        public override Tensor forward(Tensor input) => _layers.call(((ISequenceModule)this).Prepare(input));

        Tensor ISequenceModule.Prepare(Tensor input) => input.div(_two);
    }

    private sealed class OtherSequence(params nn.Module<Tensor, Tensor>[] layers) : Sequential(layers);
}
