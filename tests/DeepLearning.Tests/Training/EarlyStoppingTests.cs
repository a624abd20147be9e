using DeepLearning.Metrics;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class EarlyStoppingTests : IDisposable
{
    private readonly TwoClasses _problem = new();

    public void Dispose() => _problem.Dispose();

    [Fact]
    public void Training_ends_after_the_patience_with_the_reason()
    {
        using var network = TwoClasses.Network();
        var result = Trainer.Fit(network, _problem.Batches(), options: Frozen(new EarlyStopping { Patience = 3 }));
        Assert.Equal(4, result.History.Epochs.Count);
        Assert.Matches("the loss has not improved 3 times in a row; the best was 0\\.[0-9]{4}", result.StopReason);
        Assert.False(result.IsCanceled);
    }

    [Fact]
    public void An_increasing_accuracy_continues_and_an_increasing_loss_stops()
    {
        Assert.True(Objective.Accuracy.IsBetter(0.9, 0.8));
        Assert.False(Objective.Loss.IsBetter(0.9, 0.8));
        Assert.True(Objective.Loss.IsBetter(0.7, 0.8));
        Assert.False(Objective.Loss.IsBetter(0.79, 0.8, margin: 0.05));
        Assert.True(Objective.Loss.IsBetter(5, than: null));
        Assert.False(Objective.Loss.IsBetter(double.NaN, than: null));
    }

    [Fact]
    public void The_best_weights_are_restored_at_the_end()
    {
        using var network = TwoClasses.Network();
        // after two epochs, each step increases the loss
        var direction = 1;
        var climbing = TwoClasses.Options with
        {
            Epochs = 4,
            Loss = (outputs, targets) => nn.functional.cross_entropy(outputs, targets) * direction,
            Callbacks = [new EarlyStopping { Monitor = Objective.Accuracy, RestoreBest = true, Patience = 100 }, new At(14, () => direction = -1)],
        };
        var history = Trainer.Fit(network, _problem.Batches(), _problem.Batches(), climbing).History;
        Assert.Equal(
            history.Validations.Max(validation => validation.Scores["accuracy"]), Evaluator.Measure(network, _problem.Batches())["accuracy"]);
        Assert.True(history.Validations[^1].Scores["accuracy"] < history.Validations[1].Scores["accuracy"]);
    }

    [Fact]
    public void The_reason_for_NaN_scores_names_NaN()
    {
        using var network = TwoClasses.Network();
        var options = Frozen(new EarlyStopping { Monitor = new Objective("undefined", HigherIsBetter: true), Patience = 3 }) with
        {
            Metrics = [Metric.Mean("undefined", (outputs, _) => outputs.sum() * double.NaN)],
        };
        Assert.Equal("the undefined was NaN 3 times in a row", Trainer.Fit(network, _problem.Batches(), options: options).StopReason);
    }

    [Fact]
    public void A_score_that_is_not_measured_is_rejected_before_training_with_the_measured_scores()
    {
        using var network = TwoClasses.Network();
        var options = Frozen(new EarlyStopping { Monitor = new Objective("f1", HigherIsBetter: true) });
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(network, _problem.Batches(), options: options));
        Assert.Contains("'f1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("loss, accuracy", error.Message, StringComparison.Ordinal);
    }

    private static TrainerOptions Frozen(EarlyStopping stop) =>
        new() { Epochs = 50, Optimizer = parameters => optim.SGD(parameters, 0), Callbacks = [stop] };
}
