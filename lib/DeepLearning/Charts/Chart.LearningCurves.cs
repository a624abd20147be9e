namespace DeepLearning.Charts;

/// <summary>Makes the figures that training calls for.</summary>
public static partial class Chart
{
    private const int MostEpochsWithMarkers = 30;

    /// <summary>
    /// Loss at the left and accuracy at the right, against epochs: dashed for the training set and solid for the test set, one colour a run.
    /// After a single epoch: the loss of each training step, if all runs kept it, and the values as bars.
    /// </summary>
    /// <exception cref="ArgumentException">There is no run, a run has no epoch or lists of different lengths, or two runs have one name.</exception>
    public static Figure LearningCurves(IEnumerable<LearningCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var runs = curves.ToList();
        Check(runs);

        var single = runs.TrueForAll(run => run.Epochs == 1);
        var steps = single && runs.TrueForAll(run => run.BatchLoss is { Count: > 0 });
        var loss = new Panel("loss") { X = EpochAxis(single), Y = new Axis("loss") };
        if (steps)
            loss = new Panel("training loss of each step") { X = new Axis("step") { Format = AxisFormat.Whole }, Y = new Axis("loss") };
        var accuracy = new Panel("accuracy") { X = EpochAxis(single), Y = new Axis("accuracy (%)") { Format = AxisFormat.Percent } };

        var traces = runs.SelectMany((run, i) => (single, steps) switch
        {
            (true, true) => [Steps(run, i), Bars(run, i, 1, run.TrainAccuracy, run.TestAccuracy) with { ShowInLegend = false }],
            (true, false) =>
            [
                Bars(run, i, 0, run.TrainLoss, run.TestLoss),
                Bars(run, i, 1, run.TrainAccuracy, run.TestAccuracy) with { ShowInLegend = false },
            ],
            _ => new Trace[]
            {
                Line(run, i, 0, "train", run.TrainLoss),
                Line(run, i, 0, "test", run.TestLoss),
                Line(run, i, 1, "train", run.TrainAccuracy),
                Line(run, i, 1, "test", run.TestAccuracy),
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
            if (run.TestLoss.Count != run.Epochs || run.TrainAccuracy.Count != run.Epochs || run.TestAccuracy.Count != run.Epochs)
            {
                throw new ArgumentException(
                    $"Run '{run.Name}' has {run.Epochs} training losses, {run.TestLoss.Count} test losses, "
                    + $"{run.TrainAccuracy.Count} training accuracies and {run.TestAccuracy.Count} test accuracies; NaN stands for none.");
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
            Dash = split == "train" ? Dash.Dash : Dash.Solid,
            Mode = values.Count <= MostEpochsWithMarkers ? ScatterMode.LinesAndMarkers : ScatterMode.Lines,
        };

    private static Scatter Steps(LearningCurve run, int index) =>
        new(run.Name, Counted(run.BatchLoss!.Count), run.BatchLoss) { Color = Palette.At(index), Group = run.Name };

    private static Bar Bars(LearningCurve run, int index, int panel, IReadOnlyList<double> train, IReadOnlyList<double> test) =>
        new(run.Name, ["train", "test"], [train[0], test[0]]) { Panel = panel, Color = Palette.At(index), Group = run.Name };

    private static double[] Counted(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];
}
