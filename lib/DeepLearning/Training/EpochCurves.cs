using DeepLearning.Charts;
using DeepLearning.Metrics;

namespace DeepLearning.Training;

/// <summary>Converts epoch records to the curves of a chart.</summary>
internal static class EpochCurves
{
    public static LearningCurve Of(string name, IReadOnlyList<EpochRecord> epochs) => new(
        name,
        [.. epochs.Select(epoch => epoch.Training.Loss)],
        [.. epochs.Select(epoch => epoch.Validation?.Loss ?? double.NaN)],
        [.. epochs.Select(epoch => Accuracy(epoch.Training))],
        [.. epochs.Select(epoch => Accuracy(epoch.Validation))],
        [.. epochs.SelectMany(epoch => epoch.StepLosses)]);

    private static double Accuracy(Scores? scores) => scores?.Find(Metric.AccuracyName) ?? double.NaN;
}
