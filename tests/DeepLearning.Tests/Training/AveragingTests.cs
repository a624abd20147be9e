using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Averages of the weights, over steps (EMA) and over epochs (SWA).
public sealed class AveragingTests : TrainingTest
{
    [Fact]
    public void The_model_ends_with_the_moving_average_of_its_weights()
    {
        List<float[]> weights = [];
        using (var plain = TwoClasses.Network())
        {
            weights.Add(TwoClasses.Weights(plain));
            Fit(plain, new LambdaCallback(afterStep: fit => weights.Add(TwoClasses.Weights((Module)fit.Model))));
        }
        var expected = weights[0].Select((first, i) => weights.Skip(1).Aggregate((double)first, (average, step) => (0.75 * average) + (0.25 * step[i])));
        using var network = TwoClasses.Network();
        Fit(network, new ExponentialMovingAverage(0.75));
        Assert.All(expected.Zip(TwoClasses.Weights(network)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Validation_and_the_best_checkpoint_use_the_average_and_training_the_other_weights()
    {
        using var plain = TwoClasses.Network();
        var losses = Fit(plain).History.StepLosses;
        using var network = TwoClasses.Network();
        var history = Fit(network, new ExponentialMovingAverage(0.75), new ModelCheckpoint(Folder.Path), new EarlyStopping { RestoreBest = true }).History;
        Assert.Equal(losses, history.StepLosses);
        Assert.Equal(history.Validations.Min(validation => validation.Scores.Loss), Evaluator.Measure(network, Problem.Batches()).Loss, 1e-12);
        var saved = (Dictionary<object, object?>)((Dictionary<object, object?>)PyTorchFile.Load(Path.Combine(Folder.Path, ModelCheckpoint.BestName))!)["model"]!;
        Assert.Equal(TwoClasses.Weights(network), saved.Values.Cast<Tensor>().SelectMany(tensor => tensor.data<float>().ToArray()));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(14)]
    public void Interrupted_training_with_averages_continues_with_bit_equal_results(long step)
    {
        using var whole = TwoClasses.Network();
        Fit(whole, new ExponentialMovingAverage(0.75), new StochasticWeightAveraging(1));
        Callback[] Saved(params Callback[] others) =>
            [.. others, new ExponentialMovingAverage(0.75), new StochasticWeightAveraging(1), new ModelCheckpoint(Folder.Path) { EverySteps = 1 }];
        using var stopped = TwoClasses.Network();
        Assert.Throws<TimeoutException>(() => Fit(stopped, Saved(new At(step, () => throw new TimeoutException("pulled the plug")))));
        using var resumed = TwoClasses.Network();
        Fit(resumed, Saved());
        Assert.Equal(TwoClasses.Weights(whole), TwoClasses.Weights(resumed));
    }

    [Fact]
    public void The_model_ends_with_the_mean_weights_of_the_last_epochs_and_recomputed_statistics()
    {
        List<float[]> weights = [];
        using var norm = BatchNorm1d(8, momentum: 0.3);
        manual_seed(2);
        using var network = Sequential(Linear(2, 8), norm, ReLU(), Linear(8, 2));
        Fit(network, new StochasticWeightAveraging(2), new LambdaCallback(afterEpoch: fit => weights.Add(TwoClasses.Weights((Module)fit.Model))));
        var expected = Enumerable.Range(0, weights[0].Length).Select(i => (weights[1][i] + (double)weights[2][i]) / 2);
        Assert.All(expected.Zip(TwoClasses.Weights(network)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(0.3, norm.momentum);
        // the statistics are the means over the batches of an epoch
        var (mean, batches) = (zeros(8), 0);
        foreach (var (inputs, _) in Problem.Batches().Epoch())
        {
            using var untracked = no_grad();
            mean += ((Linear)network[0]).call(inputs).mean([0]);
            batches++;
        }
        Assert.True(norm.running_mean!.allclose(mean / batches, 1e-5, 1e-6));
    }

    [Fact]
    public void Averaging_leaves_no_tensors()
    {
        using var network = TwoClasses.Network();
        Fit(network, new ExponentialMovingAverage(), new StochasticWeightAveraging(1, 0.01));
        var before = LiveTensors.OfThisThread;
        Fit(network, new ExponentialMovingAverage(), new StochasticWeightAveraging(1, 0.01));
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    private FitResult Fit(Module<Tensor, Tensor> network, params Callback[] callbacks) =>
        Trainer.Fit(network, Problem.Batches(), Problem.Batches(), TwoClasses.Options with { Epochs = 3, Callbacks = callbacks });
}
