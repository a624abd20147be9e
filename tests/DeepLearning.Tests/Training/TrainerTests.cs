using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly TwoClasses _problem = new();

    public void Dispose() => _problem.Dispose();

    [Fact]
    public void The_weights_equal_those_of_a_handwritten_loop()
    {
        using var byHand = TwoClasses.Network();
        using var optimizer = optim.SGD(byHand.parameters(), 0.1, momentum: 0.9);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            foreach (var (inputs, targets) in _problem.Batches().Epoch())
            {
                using var loss = nn.functional.cross_entropy(byHand.call(inputs), targets);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }
        }
        using var network = TwoClasses.Network();
        Trainer.Fit(network, _problem.Batches(), options: TwoClasses.Options with { Epochs = 3 });
        Assert.Equal(TwoClasses.Weights(byHand), TwoClasses.Weights(network));
    }

    [Fact]
    public void The_loss_decreases_in_the_history()
    {
        using var network = TwoClasses.Network();
        var result = Trainer.Fit(network, _problem.Batches(shuffle: true), _problem.Batches(), TwoClasses.Options with { Epochs = 20 });
        Assert.Equal(20, result.History.Epochs.Count);
        Assert.Equal(20 * 7, result.Steps);
        Assert.Equal(result.Steps, result.History.StepLosses.Count);
        Assert.True(result.History.Epochs[^1].Training.Loss < result.History.Epochs[0].Training.Loss / 2);
        Assert.True(result.History.Epochs[^1].Validation!["accuracy"] > 0.95);
        Assert.Null(result.StopReason);
    }

    [Fact]
    public void Training_scores_are_weighted_by_samples()
    {
        using var network = TwoClasses.Network();
        var frozen = new TrainerOptions { Optimizer = parameters => optim.SGD(parameters, 0) };
        var inBatches = Trainer.Fit(network, _problem.Batches(8), options: frozen).History.Epochs[0].Training;
        var atOnce = Trainer.Fit(network, _problem.Batches(null), options: frozen).History.Epochs[0].Training;
        Assert.Equal(atOnce.Loss, inBatches.Loss, 1e-6);
        Assert.Equal(atOnce["accuracy"], inBatches["accuracy"], 1e-12);
    }

    [Fact]
    public void Accumulated_batches_equal_one_large_batch()
    {
        using var accumulated = TwoClasses.Network();
        using var large = TwoClasses.Network();
        Trainer.Fit(accumulated, _problem.Batches(5), options: TwoClasses.Options with { AccumulateGradientBatches = 2 });
        Trainer.Fit(large, _problem.Batches(10), options: TwoClasses.Options);
        foreach (var (expected, actual) in TwoClasses.Weights(large).Zip(TwoClasses.Weights(accumulated)))
            Assert.Equal(expected, actual, 1e-6);
    }

    [Fact]
    public void A_smaller_last_group_of_batches_uses_their_mean()
    {
        using var accumulated = TwoClasses.Network();
        using var large = TwoClasses.Network();
        Trainer.Fit(accumulated, _problem.Batches(25), options: TwoClasses.Options with { AccumulateGradientBatches = 3 });
        Trainer.Fit(large, _problem.Batches(50), options: TwoClasses.Options);
        foreach (var (expected, actual) in TwoClasses.Weights(large).Zip(TwoClasses.Weights(accumulated)))
            Assert.Equal(expected, actual, 1e-6);
    }

    [Fact]
    public void Gradients_are_clipped_before_the_weights_change()
    {
        using var network = TwoClasses.Network();
        var norms = new GradientNorms();
        Trainer.Fit(network, _problem.Batches(), options: TwoClasses.Options with { GradientClipNorm = 0.01, Callbacks = [norms] });
        Assert.All(norms.Seen, norm => Assert.InRange(norm, 0, 0.0101));
        Assert.Equal(7, norms.Seen.Count);
    }

    [Fact]
    public void A_scheduler_steps_after_each_epoch_or_each_step()
    {
        TrainerOptions Halving(SchedulerInterval when, LearningRateMonitor rates) => TwoClasses.Options with
        {
            Epochs = 2,
            Scheduler = optimizer => optim.lr_scheduler.ExponentialLR(optimizer, 0.5),
            SchedulerInterval = when,
            Callbacks = [rates],
        };
        var (byEpoch, byStep) = (new LearningRateMonitor(), new LearningRateMonitor());
        using var network = TwoClasses.Network();
        Trainer.Fit(network, _problem.Batches(25), options: Halving(SchedulerInterval.Epoch, byEpoch));
        Trainer.Fit(network, _problem.Batches(25), options: Halving(SchedulerInterval.Step, byStep));
        Assert.Equal([0.1, 0.1, 0.05, 0.05], byEpoch.Rates);
        Assert.Equal([0.1, 0.05, 0.025, 0.0125], byStep.Rates);
    }

    [Fact]
    public void Validation_runs_every_n_steps_and_never_twice_at_a_step()
    {
        using var network = TwoClasses.Network();
        var result = Trainer.Fit(
            network, _problem.Batches(10), _problem.Batches(), TwoClasses.Options with { Epochs = 2, ValidateEverySteps = 2 });
        Assert.Equal([2, 4, 5, 6, 8, 10], result.History.Validations.Select(validation => validation.Step));
    }

    [Fact]
    public void Validation_changes_neither_mode_nor_weights_nor_gradients()
    {
        using var network = TwoClasses.Network(dropout: 0.5);
        var before = TwoClasses.Weights(network);
        var (first, second) = (Evaluator.Measure(network, _problem.Batches()), Evaluator.Measure(network, _problem.Batches()));
        Assert.Equal(first.Loss, second.Loss);
        Assert.True(network.training);
        Assert.Equal(before, TwoClasses.Weights(network));
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_NaN_loss_ends_training_with_advice()
    {
        using var network = TwoClasses.Network();
        var wild = TwoClasses.Options with { Optimizer = parameters => optim.SGD(parameters, 1e30), Epochs = 5 };
        var error = Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(network, _problem.Batches(), options: wild));
        Assert.Contains("learning rate below 1e+30", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_ends_after_the_current_batch()
    {
        using var source = new CancellationTokenSource();
        using var network = TwoClasses.Network();
        var result = Trainer.Fit(
            network, _problem.Batches(), options: TwoClasses.Options with { Callbacks = [new At(3, source.Cancel)] }, cancellation: source.Token);
        Assert.True(result.IsCanceled);
        Assert.Equal(3, result.Steps);
        Assert.Empty(result.History.Epochs);
    }

    [Fact]
    public void FastDevRun_is_one_batch_of_one_epoch()
    {
        using var network = TwoClasses.Network();
        var result = Trainer.Fit(network, _problem.Batches(), _problem.Batches(), (TwoClasses.Options with { Epochs = 9 }).FastDevRun());
        Assert.Equal(1, result.Steps);
        Assert.Single(result.History.Epochs);
    }

    [Fact]
    public void Training_leaves_no_tensors()
    {
        using var network = TwoClasses.Network();
        var batches = _problem.Batches(shuffle: true);
        var options = TwoClasses.Options with
        {
            Epochs = 2,
            Callbacks = [new EarlyStopping { RestoreBest = true }],
            Scheduler = optimizer => optim.lr_scheduler.StepLR(optimizer, 1),
        };
        Trainer.Fit(network, batches, batches, options);
        var before = LiveTensors.OfThisThread;
        Trainer.Fit(network, batches, batches, options);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void A_parameter_that_the_loss_no_longer_uses_is_not_changed()
    {
        using var network = TwoClasses.Network();
        using var unused = new Parameter(ones(1));
        var isReached = true;
        var once = TwoClasses.Options with
        {
            Optimizer = parameters => optim.SGD(parameters.Append(unused), 0.1, weight_decay: 0.5),
            Callbacks = [new At(2, () => isReached = false)],
            Loss = (outputs, targets) => nn.functional.cross_entropy(outputs, targets) + (isReached ? unused.sum() * 0 : 0),
        };
        Trainer.Fit(network, _problem.Batches(), options: once);
        // only two steps of weight decay
        Assert.Equal(0.95f * 0.95f, unused.ToSingle(), 1e-6f);
    }

    [Fact]
    public void Callbacks_are_called_by_Order()
    {
        using var network = TwoClasses.Network();
        List<string> calls = [];
        var options = TwoClasses.Options with { Callbacks = [new Named("late", 5, calls), new Named("early", -5, calls), new Named("middle", 0, calls)] };
        Trainer.Fit(network, _problem.Batches(), options: options.FastDevRun());
        Assert.Equal(["early", "middle", "late"], calls);
    }

    private sealed class GradientNorms : Callback
    {
        public List<double> Seen { get; } = [];

        public override void BeforeStep(FitState fit)
        {
            using var scope = NewDisposeScope();
            Seen.Add(Math.Sqrt(fit.Model.parameters().Sum(parameter => parameter.grad!.pow(2).sum().ToDouble())));
        }
    }

    private sealed class Named(string name, int order, List<string> calls) : Callback
    {
        public override int Order => order;

        public override void AfterBatch(FitState fit) => calls.Add(name);
    }
}
