namespace DeepLearning.Charts;

/// <summary>Draws figures for deep learning: learning curves, images, metrics, histograms, maps, and runs.</summary>
public static partial class Chart
{
    private const int MostEpochsWithMarkers = 30;

    /// <summary>
    /// Draws loss on the left and accuracy on the right against epochs: dashed for the training set, solid for the validation set, one colour for
    /// each run. After a single epoch it draws the loss of each training step, if all runs have them, and the accuracies as bars.
    /// </summary>
    /// <exception cref="ArgumentException">There is no run, a run has no epoch or lists of different lengths, or two runs have the same name.</exception>
    public static Figure LearningCurves(IEnumerable<LearningCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var runs = curves.ToList();
        Check(runs);

        var single = runs.TrueForAll(run => run.Epochs == 1);
        var steps = single && runs.TrueForAll(run => run.StepLosses is { Count: > 0 });
        var loss = new Panel("loss") { X = EpochAxis(single), Y = new Axis("loss") };
        if (steps)
            loss = new Panel("training loss of each step") { X = new Axis("step") { Format = AxisFormat.Whole }, Y = new Axis("loss") };
        var accuracy = new Panel("accuracy") { X = EpochAxis(single), Y = new Axis("accuracy (%)") { Format = AxisFormat.Percent } };

        var traces = runs.SelectMany((run, i) => (single, steps) switch
        {
            (true, true) => [Steps(run, i), Bars(run, i, 1, run.TrainingAccuracy, run.ValidationAccuracy) with { ShowInLegend = false }],
            (true, false) =>
            [
                Bars(run, i, 0, run.TrainingLoss, run.ValidationLoss),
                Bars(run, i, 1, run.TrainingAccuracy, run.ValidationAccuracy) with { ShowInLegend = false },
            ],
            _ => new Trace[]
            {
                Line(run, i, 0, "training", run.TrainingLoss),
                Line(run, i, 0, "validation", run.ValidationLoss),
                Line(run, i, 1, "training", run.TrainingAccuracy),
                Line(run, i, 1, "validation", run.ValidationAccuracy),
            },
        });
        return new Figure(traces, new Layout("Learning curves", [loss, accuracy]));
    }

    private static void Check(List<LearningCurve> runs)
    {
        if (runs.Count == 0)
            throw new ArgumentException("There are no runs to draw.");
        if (runs.CountBy(run => run.Name).FirstOrDefault(name => name.Value > 1) is { Value: > 1 } twice)
            throw new ArgumentException($"{twice.Value} runs are called '{twice.Key}'.");
        foreach (var run in runs)
        {
            if (run.Epochs == 0)
                throw new ArgumentException($"Run '{run.Name}' has no epoch.");
            if (run.ValidationLoss.Count != run.Epochs || run.TrainingAccuracy.Count != run.Epochs || run.ValidationAccuracy.Count != run.Epochs)
            {
                throw new ArgumentException(
                    $"Run '{run.Name}' has {run.Epochs} training losses, {run.ValidationLoss.Count} validation losses, "
                    + $"{run.TrainingAccuracy.Count} training accuracies and {run.ValidationAccuracy.Count} validation accuracies; use NaN where "
                    + "nothing was measured.");
            }
        }
    }

    private static Axis EpochAxis(bool single) => single ? new Axis("after one epoch") : new Axis("epoch") { Format = AxisFormat.Whole };

    private static Scatter Line(LearningCurve run, int index, int panel, string split, IReadOnlyList<double> values) =>
        new($"{run.Name} · {split}", Counted(values.Count), values)
        {
            Panel = panel,
            Color = Palette.At(index),
            Group = $"{run.Name} · {split}",
            ShowInLegend = panel == 0,
            Dash = split == "training" ? Dash.Dash : Dash.Solid,
            Mode = values.Count <= MostEpochsWithMarkers ? ScatterMode.LinesAndMarkers : ScatterMode.Lines,
        };

    private static Scatter Steps(LearningCurve run, int index) =>
        new(run.Name, Counted(run.StepLosses!.Count), run.StepLosses) { Color = Palette.At(index), Group = run.Name };

    private static Bar Bars(LearningCurve run, int index, int panel, IReadOnlyList<double> training, IReadOnlyList<double> validation) =>
        new(run.Name, ["training", "validation"], [training[0], validation[0]]) { Panel = panel, Color = Palette.At(index), Group = run.Name };

    private static double[] Counted(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];
}
