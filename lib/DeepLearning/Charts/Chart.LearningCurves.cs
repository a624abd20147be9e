namespace DeepLearning.Charts;

/// <summary>Draws figures for deep learning: learning curves, images, metrics, histograms, maps, and runs.</summary>
public static partial class Chart
{
    private const int MostEpochsWithMarkers = 30;
    private const int MostRunsNamedTwice = 3;
    private const string Training = "training";
    private const string Validation = "validation";

    /// <summary>
    /// Draws loss on the left and accuracy on the right against epochs: dashed for the training set, solid for the validation set, one color for each
    /// run. The legend has both lines for up to three runs, and only the solid line for more runs. After a single epoch, the figure shows the loss of
    /// each training step if all runs have it, and the accuracies as bars.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are no runs, a run has no epochs or lists of different lengths, or two runs have the same name.
    /// </exception>
    /// <param name="curves">The curves of the runs, in the order of the legend.</param>
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
                Line(run, i, 0, Training, run.TrainingLoss),
                Line(run, i, 0, Validation, run.ValidationLoss),
                Line(run, i, 1, Training, run.TrainingAccuracy),
                Line(run, i, 1, Validation, run.ValidationAccuracy),
            },
        });
        return single || runs.Count <= MostRunsNamedTwice
            ? new Figure(traces, new Layout("Learning curves", [loss, accuracy]))
            : new Figure(
                traces.Select(trace => trace with { ShowInLegend = trace.ShowInLegend && IsNamed(trace, runs) }),
                new Layout("Learning curves: training dashed, validation solid", [loss, accuracy]));
    }

    // for a run without validation, the legend has the training line
    private static bool IsNamed(Trace trace, List<LearningCurve> runs)
    {
        var run = runs.First(run => trace.Name == NameOf(run, Training) || trace.Name == NameOf(run, Validation));
        return trace.Name == NameOf(run, run.ValidationLoss.Any(double.IsFinite) ? Validation : Training);
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
                throw new ArgumentException($"Run '{run.Name}' has no epochs.");
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
        new(NameOf(run, split), Counted(values.Count), values)
        {
            Panel = panel,
            Color = Palette.At(index),
            Group = NameOf(run, split),
            ShowInLegend = panel == 0,
            Dash = split == Training ? Dash.Dash : Dash.Solid,
            Mode = values.Count <= MostEpochsWithMarkers ? ScatterMode.LinesAndMarkers : ScatterMode.Lines,
        };

    private static string NameOf(LearningCurve run, string split) => $"{run.Name} · {split}";

    private static Scatter Steps(LearningCurve run, int index) =>
        new(run.Name, Counted(run.StepLosses!.Count), run.StepLosses) { Color = Palette.At(index), Group = run.Name };

    private static Bar Bars(LearningCurve run, int index, int panel, IReadOnlyList<double> training, IReadOnlyList<double> validation) =>
        new(run.Name, [Training, Validation], [training[0], validation[0]]) { Panel = panel, Color = Palette.At(index), Group = run.Name };

    private static double[] Counted(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];
}
