using TorchSharp.Extras.Autograd;
using TorchSharp.Extras.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Extras.Tests.Autograd;

/// <summary>Gradients of convolutional networks without a graph beside those of automatic differentiation in Float64.</summary>
public sealed class DirectConvolutionTests
{
    public static TheoryData<string> Networks => ["002", "003", "004", "without pooling", "pooling before the ReLU", "images as outputs", "no bias", "odd sizes"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_and_gradients_differ_from_the_exact_ones_by_rounding(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(41);
        using var network = Create(name);
        var input = randn(19, 1, 28, 28);
        manual_seed(42);
        var (outputs, found) = Direct(network, input);
        var next = randn(1);
        network.to(float64);
        manual_seed(42);
        var (expected, exact) = ByGraph(network, input.to(float64));
        AssertClose(expected, outputs);
        Assert.All(exact.Zip(found), pair => AssertClose(pair.First, pair.Second));
        // both used the same number of random numbers
        Assert.True(name == "003" || next.Equals(randn(1)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_and_gradients_differ_from_those_of_libtorch_by_rounding(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(43);
        using var network = Create(name);
        var input = rand(33, 1, 28, 28);
        manual_seed(44);
        var (expected, gradients) = ByGraph(network, input);
        var expectedNext = randn(1);
        manual_seed(44);
        var (outputs, found) = Direct(network, input);
        AssertClose(expected, outputs);
        Assert.All(gradients.Zip(found), pair => AssertClose(pair.First, pair.Second));
        Assert.True(expectedNext.Equals(randn(1)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_go_where_a_graph_takes_them(float value)
    {
        using var scope = NewDisposeScope();
        foreach (var (place, weights) in new[] { (0, 1f), (27, 1f), (400, 1f), (783, 1f), (5, 0f) })
        {
            manual_seed(45);
            using var network = Create("003");
            network.eval();
            var input = randn(16, 1, 28, 28);
            input.view(16, 784)[3, place] = value;
            var loss = ones(16, 10);
            loss[7, 2] = weights == 0 ? value : 1;
            var (expected, gradients) = ByGraph(network, input, loss);
            var (outputs, found) = Direct(network, input, loss);
            Assert.True(expected.isfinite().Equals(outputs.isfinite()));
            Assert.All(gradients.Zip(found), pair => Assert.True(pair.First.isfinite().Equals(pair.Second.isfinite())));
        }
    }

    [Fact]
    public void A_network_whose_weights_are_not_finite_is_left_to_automatic_differentiation()
    {
        using var scope = NewDisposeScope();
        using var network = Create("002");
        using (no_grad())
            ((Conv2d)((Sequential)network)[3]).weight[1, 2, 0, 0] = float.NaN;
        using var direct = new DirectGradients();
        Assert.Null(direct.TryForward(network, randn(16, 1, 28, 28)));
    }

    [Theory]
    [InlineData("stride")]
    [InlineData("dilation")]
    [InlineData("groups")]
    [InlineData("padding mode")]
    [InlineData("padding by name")]
    [InlineData("padding of the kernel size")]
    [InlineData("window of three")]
    [InlineData("overlapping windows")]
    [InlineData("padded windows")]
    [InlineData("windows beyond the end")]
    [InlineData("two poolings")]
    [InlineData("pooling without a convolution")]
    [InlineData("hook of a convolution")]
    [InlineData("hook of a pooling")]
    [InlineData("frozen bias")]
    [InlineData("channels last")]
    [InlineData("weights with channels last")]
    [InlineData("another number of channels")]
    [InlineData("image without a batch")]
    [InlineData("window larger than the image")]
    [InlineData("weight of two convolutions")]
    [InlineData("linear layer on images")]
    public void What_the_kernels_do_not_compute_is_left_to_automatic_differentiation(string what)
    {
        using var scope = NewDisposeScope();
        var convolution = what switch
        {
            "stride" => Conv2d(4, 8, 3, stride: 2),
            "dilation" => Conv2d(4, 8, 3, dilation: 2),
            "groups" => Conv2d(4, 8, 3, groups: 2),
            "padding mode" => Conv2d(4, 8, 3, padding: 1, padding_mode: PaddingModes.Reflect),
            "padding by name" => Conv2d(4, 8, 3, padding: Padding.Same),
            "padding of the kernel size" => Conv2d(4, 8, 3, padding: 3),
            "window larger than the image" => Conv2d(4, 8, 13),
            _ => Conv2d(4, 8, 3),
        };
        var pooling = what switch
        {
            "window of three" => MaxPool2d(3),
            "overlapping windows" => MaxPool2d(2, stride: 1),
            "padded windows" => MaxPool2d(2, padding: 1),
            "windows beyond the end" => MaxPool2d(2, ceil_mode: true),
            _ => MaxPool2d(2),
        };
        var input = what switch
        {
            "channels last" => randn(16, 12, 12, 4).permute(0, 3, 1, 2),
            "another number of channels" => randn(16, 5, 12, 12),
            "image without a batch" => randn(4, 12, 12),
            _ => randn(16, 4, 12, 12),
        };
        switch (what)
        {
            case "hook of a convolution": convolution.register_forward_hook((_, _, output) => output); break;
            case "hook of a pooling": pooling.register_forward_hook((_, _, output) => output); break;
            case "frozen bias": convolution.bias!.requires_grad = false; break;
            case "weights with channels last": convolution.weight = Parameter(randn(8, 3, 3, 4).permute(0, 3, 1, 2)); break;
        }
        using var network = what switch
        {
            "two poolings" => Sequential(convolution, pooling, MaxPool2d(2)),
            "pooling without a convolution" => Sequential(pooling, convolution),
            "weight of two convolutions" => Sequential(convolution, Conv2d(8, 4, 3), convolution),
            "linear layer on images" => Sequential(convolution, Linear(10, 10)),
            _ => Sequential(convolution, pooling),
        };
        using var direct = new DirectGradients();
        Assert.Null(direct.TryForward(network, input));
    }

    [Fact]
    public void Gradients_are_added_to_those_of_the_batches_before()
    {
        using var scope = NewDisposeScope();
        manual_seed(46);
        using var network = Create("002");
        var (first, second) = (randn(16, 1, 28, 28), randn(12, 1, 28, 28));
        ByGraph(network, first);
        var (_, gradients) = ByGraph(network, second, clear: false);
        Direct(network, first);
        var (_, found) = Direct(network, second, clear: false);
        Assert.All(gradients.Zip(found), pair => AssertClose(pair.First, pair.Second));
    }

    [Fact]
    public void One_object_computes_networks_in_turns()
    {
        using var scope = NewDisposeScope();
        manual_seed(47);
        using var direct = new DirectGradients();
        Module<Tensor, Tensor>[] networks = [Create("002"), Create("004"), Sequential(Flatten(), Linear(784, 10)), Create("images as outputs")];
        foreach (var network in networks.Concat(networks))
        {
            var input = randn(16, 1, 28, 28);
            var outputs = direct.TryForward(network, input);
            Assert.Equal(NetworkPass.IsTaken, outputs is not null);
            AssertClose(network.call(input), outputs ?? network.call(input));
        }
    }

    [Theory]
    [InlineData("003")]
    [InlineData("004")]
    public void Training_steps_keep_no_tensors(string name)
    {
        // thousands of steps with libtorch's convolutions would take minutes
        if (!NetworkPass.IsTaken)
            return;
        using var network = Create(name);
        using var direct = new DirectGradients();
        using var input = randn(8, 1, 28, 28);
        // on a busy machine, several threads would wait for each other in each step
        using var one = ThreadLimit.ToOne();
        Assert.InRange(MemoryGrowth.Of(Step, 400), long.MinValue, MemoryGrowth.Limit);

        void Step()
        {
            using var scope = NewDisposeScope();
            direct.TryForward(network, input)!.sum().backward();
            direct.Backward();
            NetworkPass.Clear(network);
        }
    }

    private static Module<Tensor, Tensor> Create(string name) => name switch
    {
        "002" => Sequential(
            Conv2d(1, 32, 3), ReLU(), MaxPool2d(2), Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), Flatten(), Linear(1600, 64), ReLU(), Linear(64, 10)),
        "003" => Sequential(
            Sequential(
                Conv2d(1, 32, 3, padding: 1), ReLU(inplace: true), MaxPool2d(2), Conv2d(32, 64, 3, padding: 1), ReLU(inplace: true), MaxPool2d(2)),
            Flatten(),
            Sequential(Linear(3136, 128), ReLU(inplace: true), Dropout(0.5), Linear(128, 10))),
        "004" => nn.fused.Sequential(
            Conv2d(1, 6, 5), ReLU(), MaxPool2d(2, 2), Conv2d(6, 12, 5), ReLU(), MaxPool2d(2, 2), Flatten(), Linear(192, 120), ReLU(), Linear(120, 60), ReLU(),
            Linear(60, 10)),
        "without pooling" => Sequential(Conv2d(1, 9, 3), ReLU(), Conv2d(9, 4, (5, 2), padding: (2, 1)), Flatten(), Linear(4 * 26 * 27, 10)),
        "pooling before the ReLU" => Sequential(
            Conv2d(1, 8, 3, padding: 1), MaxPool2d(2), ReLU(), Conv2d(8, 16, 3), MaxPool2d(2), Flatten(), ReLU(), Linear(16 * 6 * 6, 10)),
        "images as outputs" => Sequential(Conv2d(1, 4, 3), MaxPool2d(2), Conv2d(4, 10, 5), ReLU()),
        "no bias" => Sequential(Conv2d(1, 8, 3, bias: false), ReLU(), MaxPool2d(2), Flatten(), Linear(8 * 13 * 13, 10, false)),
        _ => Sequential(Conv2d(1, 3, (4, 6)), ReLU(), MaxPool2d(2), Conv2d(3, 11, (5, 4), padding: (1, 3)), ReLU(), MaxPool2d(2), Flatten(), Linear(11 * 5 * 7, 10)),
    };

    private static (Tensor Outputs, Tensor[] Gradients) ByGraph(Module<Tensor, Tensor> network, Tensor input, Tensor? loss = null, bool clear = true) =>
        NetworkPass.ByGraph(network, input, outputs => Loss(outputs, loss), clear);

    private static (Tensor Outputs, Tensor[] Gradients) Direct(Module<Tensor, Tensor> network, Tensor input, Tensor? loss = null, bool clear = true) =>
        NetworkPass.Direct(network, input, outputs => Loss(outputs, loss), clear);

    private static Tensor Loss(Tensor outputs, Tensor? weights) => weights is null
        ? functional.cross_entropy(outputs.flatten(2 < outputs.dim() ? 2 : 1), zeros([outputs.shape[0], .. outputs.dim() > 2 ? new[] { outputs.shape[2] * outputs.shape[3] } : []], dtype: int64))
        : (outputs * weights).sum();

    // a ReLU whose input is 0 to rounding, and a maximum that is equal to another to rounding, may differ; it moves a gradient by far less than its largest elements
    private static void AssertClose(Tensor expected, Tensor actual) => Assert.InRange(
        ((actual.to(float64) - expected.to(float64)).norm() / (expected.to(float64).norm() + 1e-30)).item<double>(), 0, 1e-4);
}
