using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private const int Epochs = 3;

    private readonly TwoClasses _problem = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _problem.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    public void An_interrupted_training_goes_on_to_the_same_bits_and_the_same_history(long step)
    {
        var (weights, history) = Fit(folder: null);
        Assert.Throws<TimeoutException>(() => Fit(_folder.Path, new At(step, () => throw new TimeoutException("pulled the plug"))));
        var (resumedWeights, resumedHistory) = Fit(_folder.Path);
        Assert.Equal(weights, resumedWeights);
        Assert.Equal(history.StepLosses, resumedHistory.StepLosses);
        Assert.Equal(history.Epochs.Select(epoch => epoch.Training.Loss), resumedHistory.Epochs.Select(epoch => epoch.Training.Loss));
        Assert.Equal(history.Epochs.Select(epoch => epoch.LearningRate), resumedHistory.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Equal(
            history.Validations.Select(validation => validation.Scores.Loss), resumedHistory.Validations.Select(validation => validation.Scores.Loss));
    }

    [Fact]
    public void A_finished_training_is_not_trained_again()
    {
        var (weights, _) = Fit(_folder.Path);
        var touched = new At(1, () => Assert.Fail("it trained"));
        var (again, history) = Fit(_folder.Path, touched);
        Assert.Equal(weights, again);
        Assert.Equal(Epochs, history.Epochs.Count);
    }

    [Fact]
    public void The_best_checkpoint_has_the_weights_of_the_best_validation()
    {
        Fit(_folder.Path);
        using var network = TwoClasses.Network();
        var content = (Dictionary<object, object?>)PyTorchFile.Load(Path.Combine(_folder.Path, SaveCheckpoints.BestName))!;
        var model = ((Dictionary<object, object?>)content["model"]!).ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!);
        network.load_state_dict(model);
        var (_, history) = Fit(_folder.Path);
        Assert.Equal(history.Validations.Min(validation => validation.Scores.Loss), Evaluator.Measure(network, _problem.Batches()).Loss, 1e-9);
    }

    [Fact]
    public void Only_the_newest_of_the_numbered_checkpoints_are_kept()
    {
        using var network = TwoClasses.Network();
        Trainer.Fit(network, _problem.Batches(), options: TwoClasses.Options with
        {
            Epochs = 2,
            Callbacks = [new SaveCheckpoints(_folder.Path) { EverySteps = 2, Keep = 2 }],
        });
        Assert.Equal(
            ["best.pth", "last.pth", "step-00000012.pth", "step-00000014.pth"],
            Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused_by_name()
    {
        var path = Path.Combine(_folder.Path, SaveCheckpoints.LastName);
        PyTorchFile.Save(new Dictionary<string, object?> { ["something"] = "else" }, path);
        var error = Assert.Throws<InvalidDataException>(() => Fit(_folder.Path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused()
    {
        Fit(_folder.Path);
        using var other = nn.Sequential(nn.Linear(2, 2));
        Assert.Throws<InvalidOperationException>(() => Trainer.Fit(
            other, _problem.Batches(), options: TwoClasses.Options with { Callbacks = [new SaveCheckpoints(_folder.Path)] }));
    }

    private (float[] Weights, History History) Fit(string? folder, params Callback[] others)
    {
        using var network = TwoClasses.Network(dropout: 0.3);
        manual_seed(3);
        Callback[] callbacks = folder is null ? others : [.. others, new SaveCheckpoints(folder) { EverySteps = 5 }];
        var result = Trainer.Fit(network, _problem.Batches(shuffle: true), _problem.Batches(), new TrainerOptions
        {
            Epochs = Epochs,
            Optimizer = parameters => optim.Adam(parameters, 0.01, weight_decay: 0.01),
            Scheduler = optimizer => optim.lr_scheduler.OneCycleLR(optimizer, 0.05, total_steps: 100),
            SchedulerStep = Every.Step,
            Callbacks = callbacks,
        });
        return (TwoClasses.Weights(network), result.History);
    }
}
