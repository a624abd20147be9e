using System.Globalization;
using DeepLearning.Metrics;
using DeepLearning.Runs;
using DeepLearning.Tests.Training;
using DeepLearning.Training;

namespace DeepLearning.Tests.Runs;

// The texts of results, for a console or a debugger.
public sealed class RunTextTests : TrainingTest
{
    [Fact]
    public void Epochs_and_runs_have_readable_texts()
    {
        using var model = TwoClasses.Network();
        var epoch = Trainer.Fit(model, Problem.Batches(), Problem.Batches(), TwoClasses.Options).History.Epochs[0];
        Assert.Equal($"epoch 1: {epoch.Training}; validation {epoch.Validation}; {epoch.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s", $"{epoch}");
        var run = new RunResult(1, new Run(["lr"], [0.1]), [epoch with { Duration = TimeSpan.FromSeconds(2) }]);
        Assert.Equal($"Run(lr=0.1): 1 epoch, 2.0 s · {epoch.Training}; validation {epoch.Validation}", $"{run}");
        var trained = new SweepRun(1, run.Settings, RunState.Pruned, null, run.Epochs, "runs");
        Assert.Equal($"Run(lr=0.1): pruned after 1 epoch, 2.0 s · {epoch.Training}; validation {epoch.Validation}", $"{trained}");
        Assert.Equal("Run(lr=0.1): failed: boom", $"{trained with { State = RunState.Failed, Error = "boom" }}");
        Assert.Equal("13 learning rates from 1 to 13; no suggestion", $"{new LearningRateRange([.. Enumerable.Range(1, 13).Select(i => (double)i)], [.. Enumerable.Repeat(1.0, 13)])}");
        Assert.Equal("ROC curve of 3 points, area 1.0000", $"{BinaryCurves.Roc([false, true], [0.1, 0.9])}");
        Assert.Equal(BinaryCurves.PrecisionRecall([false, true], [0.1, 0.9]), BinaryCurves.PrecisionRecall([false, true], [0.1, 0.9]));
    }
}
