using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class CapturedTrainingTests : IDisposable
{
    private const int Epochs = 2;

    private readonly TwoClasses _problem = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Sequential _network = TwoClasses.Network(dropout: 0.3);
    private readonly RepeatedGraph _graph;

    public CapturedTrainingTests() => _graph = new RepeatedGraph(_network);

    private TrainerOptions Captured => TwoClasses.Options with { Epochs = Epochs, CaptureGraph = true, NewGraph = _ => _graph };

    public void Dispose()
    {
        _network.Dispose();
        _folder.Dispose();
        _problem.Dispose();
    }

    [Theory]
    [InlineData(null, 8)]
    [InlineData(0.05, 8)]
    [InlineData(null, 10)]
    public void It_comes_to_the_same_bits_as_eager_training(double? clip, int batchSize)
    {
        var (weights, expected) = Eager(clip, batchSize);
        var actual = Fit(Captured with { ClipGradientNorm = clip }, batchSize);
        Assert.Equal(weights, TwoClasses.Weights(_network));
        Assert.Equal(expected.History.StepLosses, actual.History.StepLosses);
        Assert.Equal(expected.History.Epochs.Select(epoch => epoch.Training.Loss), actual.History.Epochs.Select(epoch => epoch.Training.Loss));
        Assert.Equal(
            expected.History.Epochs.Select(epoch => epoch.Training["accuracy"]), actual.History.Epochs.Select(epoch => epoch.Training["accuracy"]));
    }

    [Fact]
    public void All_whole_batches_but_the_first_are_replayed_and_short_ones_are_not()
    {
        Fit(Captured);
        // six batches of 8 and one of 2 an epoch
        Assert.Equal(1, _graph.Captures);
        Assert.Equal((2 * 6) - CapturedPass.WarmUps, _graph.Replays);
        Assert.Equal(CapturedPass.WarmUps, _graph.WarmUps);
        Assert.True(_graph.IsDisposed);
    }

    [Fact]
    public void Batches_of_another_type_are_not_replayed()
    {
        using var pass = new CapturedPass(new Doubling(), _graph, []);
        using var halves = ones(2, ScalarType.BFloat16);
        using var singles = ones(2);
        for (var i = 0; i <= CapturedPass.WarmUps; i++)
            Run(pass, singles);
        Run(pass, halves);
        Assert.Equal(1, _graph.Replays);
    }

    [Fact]
    public void What_comes_often_is_recorded_and_not_what_comes_first()
    {
        using var pass = new CapturedPass(new Doubling(), _graph, []);
        using var odd = ones(3);
        using var usual = ones(2);
        Run(pass, odd);
        for (var i = 0; i < CapturedPass.WarmUps + 2; i++)
            Run(pass, usual);
        Assert.Equal(2, _graph.Replays);
    }

    [Fact]
    public void A_loss_outlives_the_replays_after_it()
    {
        using var pass = new CapturedPass(new Doubling(), _graph, []);
        for (var i = 0; i < CapturedPass.WarmUps; i++)
            Run(pass, zeros(2));
        using var five = full(2, 5f);
        using var seven = full(2, 7f);
        using var first = pass.Run(five, five, 1).Loss;
        using var second = pass.Run(seven, seven, 1).Loss;
        Assert.Equal(20, first.ToSingle());
        Assert.Equal(28, second.ToSingle());
    }

    [Fact]
    public void Weights_and_gradients_stay_where_they_are()
    {
        var places = new Places();
        Fit(Captured with { Callbacks = [places] }, batchSize: 10);
        Assert.Single(places.Weights.Distinct());
        Assert.Single(places.Gradients.Skip(CapturedPass.WarmUps).Distinct());
    }

    [Fact]
    public void No_step_adds_to_the_tensors_that_live()
    {
        var counts = new List<long>();
        LiveTensors.Settle();
        Fit(Captured with { Epochs = 1, Callbacks = [new Counting(counts)] }, batchSize: 5);
        Assert.Single(counts.Skip(CapturedPass.WarmUps).Distinct());
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        Fit(Captured);
        var before = LiveTensors.Settle();
        Fit(Captured);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(13)]
    public void An_interrupted_training_goes_on_to_the_same_bits(long step)
    {
        var (weights, expected) = Eager();
        var checkpoints = new SaveCheckpoints(_folder.Path) { EverySteps = 1 };
        Assert.Throws<TimeoutException>(
            () => Fit(Captured with { Callbacks = [checkpoints, new At(step, () => throw new TimeoutException("pulled the plug"))] }));
        var resumed = Fit(Captured with { Callbacks = [checkpoints] });
        Assert.Equal(weights, TwoClasses.Weights(_network));
        Assert.Equal(expected.History.StepLosses, resumed.History.StepLosses);
    }

    [Fact]
    public void A_parameter_that_the_loss_does_not_reach_gets_no_gradient()
    {
        using var unused = new Parameter(ones(1));
        _network.register_parameter("unused", unused);
        Fit(Captured with { Optimizer = parameters => optim.SGD(parameters, 0.1, weight_decay: 0.5) });
        Assert.Equal(1, unused.ToSingle());
    }

    private (float[] Weights, FitResult Result) Eager(double? clip = null, int batchSize = 8)
    {
        using var network = TwoClasses.Network(dropout: 0.3);
        manual_seed(3);
        var result = Trainer.Fit(
            network, _problem.Batches(batchSize, shuffle: true), options: TwoClasses.Options with { Epochs = Epochs, ClipGradientNorm = clip });
        return (TwoClasses.Weights(network), result);
    }

    private FitResult Fit(TrainerOptions options, int batchSize = 8)
    {
        manual_seed(3);
        return Trainer.Fit(_network, _problem.Batches(batchSize, shuffle: true), options: options);
    }

    private static void Run(CapturedPass pass, Tensor batch)
    {
        using var scope = NewDisposeScope();
        pass.Run(batch, batch, 1);
    }

    /// <summary>Twice the inputs, whose sum is the loss; nothing learns.</summary>
    private sealed class Doubling : BatchPass
    {
        public override (Tensor Outputs, Tensor Loss) Run(Tensor inputs, Tensor targets, int together)
        {
            var outputs = inputs * 2;
            return (outputs, outputs.sum());
        }
    }

    private sealed class Places : Callback
    {
        public List<string> Weights { get; } = [];

        public List<string> Gradients { get; } = [];

        public override void BeforeStep(FitState fit)
        {
            using var scope = NewDisposeScope();
            Weights.Add(string.Join(' ', fit.Model.parameters().Select(Address)));
            Gradients.Add(string.Join(' ', fit.Model.parameters().Select(parameter => Address(parameter.grad!))));
        }

        private static string Address(Tensor tensor) =>
            $"{Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(tensor.data<float>())):x}";
    }

    private sealed class Counting(List<long> counts) : Callback
    {
        public override void AfterBatch(FitState fit) => counts.Add(Tensor.TotalCount);
    }
}
