using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class CheckpointTests : TrainingTest
{
    private const int Epochs = 3;


    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    public void Interrupted_training_continues_with_bit_equal_results_and_the_same_history(long step)
    {
        var (weights, history) = Fit(folder: null);
        Assert.Throws<TimeoutException>(() => Fit(Folder.Path, new At(step, () => throw new TimeoutException("pulled the plug"))));
        var (resumedWeights, resumedHistory) = Fit(Folder.Path);
        Assert.Equal(weights, resumedWeights);
        Assert.Equal(history.StepLosses, resumedHistory.StepLosses);
        Assert.Equal(history.Epochs.Select(epoch => epoch.Training.Loss), resumedHistory.Epochs.Select(epoch => epoch.Training.Loss));
        Assert.Equal(history.Epochs.Select(epoch => epoch.LearningRate), resumedHistory.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Equal(
            history.Validations.Select(validation => validation.Scores.Loss), resumedHistory.Validations.Select(validation => validation.Scores.Loss));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void Accumulated_gradients_are_not_lost(long step)
    {
        TrainerOptions Accumulating(params Callback[] callbacks) => TwoClasses.Options with { Epochs = 2, AccumulateGradientBatches = 3, Callbacks = callbacks };
        float[] Trained(TrainerOptions options)
        {
            using var network = TwoClasses.Network();
            Trainer.Fit(network, Problem.Batches(), options: options);
            return TwoClasses.Weights(network);
        }
        var expected = Trained(Accumulating());
        Callback pulled = new At(step, () => throw new TimeoutException("pulled the plug"));
        Assert.Throws<TimeoutException>(() => Trained(Accumulating(pulled, new ModelCheckpoint(Folder.Path) { EverySteps = 1 })));
        Assert.Equal(expected, Trained(Accumulating(new ModelCheckpoint(Folder.Path) { EverySteps = 1 })));
    }

    [Fact]
    public void Finished_training_is_not_repeated()
    {
        var (weights, _) = Fit(Folder.Path);
        var touched = new At(1, () => Assert.Fail("it trained"));
        var (again, history) = Fit(Folder.Path, touched);
        Assert.Equal(weights, again);
        Assert.Equal(Epochs, history.Epochs.Count);
    }

    [Fact]
    public void The_best_checkpoint_has_the_weights_of_the_best_validation()
    {
        Fit(Folder.Path);
        using var network = TwoClasses.Network();
        var content = (Dictionary<object, object?>)PyTorchFile.Load(Path.Combine(Folder.Path, ModelCheckpoint.BestName))!;
        var model = ((Dictionary<object, object?>)content["model"]!).ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!);
        network.load_state_dict(model);
        var (_, history) = Fit(Folder.Path);
        Assert.Equal(history.Validations.Min(validation => validation.Scores.Loss), Evaluator.Measure(network, Problem.Batches()).Loss, 1e-9);
    }

    [Fact]
    public void Only_the_newest_of_the_numbered_checkpoints_are_kept()
    {
        using var network = TwoClasses.Network();
        Trainer.Fit(network, Problem.Batches(), options: TwoClasses.Options with
        {
            Epochs = 2,
            Callbacks = [new ModelCheckpoint(Folder.Path) { EverySteps = 2, Keep = 2 }],
        });
        Assert.Equal(
            ["best.pth", "last.pth", "step-00000012.pth", "step-00000014.pth"],
            Directory.EnumerateFiles(Folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_a_checkpoint_is_rejected_by_name()
    {
        var path = Path.Combine(Folder.Path, ModelCheckpoint.LastName);
        PyTorchFile.Save(new Dictionary<string, object?> { ["something"] = "else" }, path);
        var error = Assert.Throws<InvalidDataException>(() => Fit(Folder.Path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    // TorchSharp's set_rng_state would end the process
    [Fact]
    public void A_checkpoint_with_an_invalid_random_state_is_rejected()
    {
        Fit(Folder.Path);
        var path = Path.Combine(Folder.Path, ModelCheckpoint.LastName);
        var content = (Dictionary<object, object?>)PyTorchFile.Load(path)!;
        using var wrong = zeros(3);
        content["random"] = wrong;
        PyTorchFile.Save(content, path);
        var error = Assert.Throws<InvalidDataException>(() => Fit(Folder.Path));
        Assert.Contains("random generator", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_rejected()
    {
        Fit(Folder.Path);
        using var other = nn.Sequential(nn.Linear(2, 2));
        Assert.Throws<InvalidOperationException>(() => Trainer.Fit(
            other, Problem.Batches(), options: TwoClasses.Options with { Callbacks = [new ModelCheckpoint(Folder.Path)] }));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(17)]
    public void Interrupted_early_stopping_ends_at_the_same_step_with_the_same_best_weights(long step)
    {
        var (weights, history) = FitUntilWorse(folder: null);
        Assert.InRange(history.Epochs.Count, 3, 19);
        Assert.Throws<TimeoutException>(() => FitUntilWorse(Folder.Path, new At(step, () => throw new TimeoutException("pulled the plug"))));
        var (resumedWeights, resumedHistory) = FitUntilWorse(Folder.Path);
        Assert.Equal(history.Epochs.Count, resumedHistory.Epochs.Count);
        Assert.Equal(weights, resumedWeights);
        Assert.Equal(history.Epochs.Count, FitUntilWorse(Folder.Path).History.Epochs.Count);
    }

    [Fact]
    public void The_state_of_the_precision_is_restored()
    {
        using var network = TwoClasses.Network();
        TrainerOptions Counting(Counted counted, int epochs) => TwoClasses.Options with
        {
            Epochs = epochs,
            Precision = counted,
            Callbacks = [new ModelCheckpoint(Folder.Path)],
        };
        Trainer.Fit(network, Problem.Batches(), options: Counting(new(), 1));
        var resumed = new Counted();
        Trainer.Fit(network, Problem.Batches(), options: Counting(resumed, 2));
        Assert.Equal(14, resumed.Updates);
    }

    /// <summary>Training that improves for two epochs and then gets worse.</summary>
    private (float[] Weights, History History) FitUntilWorse(string? folder, params Callback[] others)
    {
        using var network = TwoClasses.Network();
        var stop = new EarlyStopping { Patience = 2, RestoreBest = true };
        var result = Trainer.Fit(network, Problem.Batches(), Problem.Batches(), TwoClasses.Options with
        {
            Epochs = 20,
            Optimizer = parameters => optim.SGD(parameters, 0.05),
            // from the third epoch on, each step increases the loss
            Scheduler = optimizer => optim.lr_scheduler.LambdaLR(optimizer, epoch => epoch < 2 ? 1 : -1),
            Callbacks = folder is null ? [stop, .. others] : [stop, .. others, new ModelCheckpoint(folder) { EverySteps = 1 }],
        });
        return (TwoClasses.Weights(network), result.History);
    }

    private sealed class Counted : Precision
    {
        public long Updates { get; private set; }

        protected internal override void Update(optim.Optimizer optimizer)
        {
            Updates++;
            base.Update(optimizer);
        }

        protected internal override object? SaveState() => Updates;

        protected internal override void LoadState(object? state) => Updates = (long)state!;
    }

    private (float[] Weights, History History) Fit(string? folder, params Callback[] others)
    {
        using var network = TwoClasses.Network(dropout: 0.3);
        manual_seed(3);
        Callback[] callbacks = folder is null ? others : [.. others, new ModelCheckpoint(folder) { EverySteps = 5 }];
        var result = Trainer.Fit(network, Problem.Batches(shuffle: true), Problem.Batches(), new TrainerOptions
        {
            Epochs = Epochs,
            Optimizer = parameters => optim.Adam(parameters, 0.01, weight_decay: 0.01),
            Scheduler = optimizer => optim.lr_scheduler.OneCycleLR(optimizer, 0.05, total_steps: 100),
            SchedulerInterval = SchedulerInterval.Step,
            Callbacks = callbacks,
        });
        return (TwoClasses.Weights(network), result.History);
    }
}
