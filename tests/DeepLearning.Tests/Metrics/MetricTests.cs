using DeepLearning.Metrics;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Metrics;

// Values are scikit-learn's for the same samples; every metric is fed in two batches.
public sealed class MetricTests
{
    private static readonly long[] _labels = [0, 1, 2, 2, 1, 0, 2];
    private static readonly long[] _predictions = [0, 2, 2, 1, 1, 0, 2];
    private static readonly string[] _names = ["a", "b", "c"];

    [Theory]
    [InlineData(ClassAverage.Macro)]
    [InlineData(ClassAverage.Weighted)]
    public void Averages_of_classes_equal_those_of_the_classification_report(ClassAverage average)
    {
        var report = ClassificationReport.Of(_labels, _predictions, _names);
        var expected = average == ClassAverage.Macro ? report.MacroAverage : report.WeightedAverage;
        Assert.Equal(expected.Precision, Classified(Metric.Precision(average)), 1e-12);
        Assert.Equal(expected.Recall, Classified(Metric.Recall(average)), 1e-12);
        Assert.Equal(expected.F1, Classified(Metric.F1(average)), 1e-12);
    }

    [Fact]
    public void The_micro_average_is_the_accuracy()
    {
        Assert.Equal(5 / 7.0, Classified(Metric.F1(ClassAverage.Micro)), 1e-12);
        Assert.Equal(5 / 7.0, Classified(Metric.Accuracy), 1e-12);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Accuracy_takes_the_first_of_equal_scores_and_never_NaN(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (nan, inf) = (double.NaN, double.PositiveInfinity);
        double[] scores = [1, 3, 3, nan, 2, nan, inf, nan, 9, -inf, -inf, -inf, 2, 1, 2, 0.0, -0.0, 0.0];
        var outputs = tensor(scores).view(6, 3).to(type);
        foreach (var label in new[] { 0L, 1, 2 })
        {
            var targets = full([6], label, ScalarType.Int64);
            var expected = outputs.argmax(1).eq(targets).logical_and(outputs.isnan().any(1).logical_not()).to(float64).mean().item<double>();
            Assert.Equal(expected, Of(Metric.Accuracy, outputs, targets));
            // the columns of a matrix that lies in memory by columns
            Assert.Equal(expected, Of(Metric.Accuracy, outputs.t().contiguous().t(), targets));
        }
    }

    [Fact]
    public void A_class_that_does_not_occur_does_not_count_in_the_macro_average()
    {
        using var outputs = tensor(new float[] { 1, 0, 0, 0, 1, 0 }).view(2, 3);
        using var targets = tensor(new long[] { 0, 1 });
        Assert.Equal(1, Of(Metric.F1(), outputs, targets));
    }

    [Fact]
    public void Scores_of_the_positive_class_come_from_one_column()
    {
        // one of two predicted positives is right; one of two positives is found
        using var outputs = tensor(new float[] { 0.9f, 0.8f, 0.2f, 0.1f });
        using var targets = tensor(new float[] { 1, 0, 1, 0 });
        Assert.Equal(0.5, Of(Metric.Precision(), outputs, targets));
        Assert.Equal(0.5, Of(Metric.Recall(), outputs, targets));
        Assert.Equal(0.8, Of(Metric.F1(threshold: 0.15), outputs, targets), 1e-12);
        Assert.Equal(0.5, Of(Metric.BinaryAccuracy(), outputs, targets));
    }

    [Theory]
    [InlineData(ClassAverage.Macro, 0.8222222222222222)]
    [InlineData(ClassAverage.Micro, 0.8333333333333334)]
    [InlineData(ClassAverage.Weighted, 0.8444444444444444)]
    public void Several_labels_of_a_sample_are_averaged_as_scikit_learn_does(ClassAverage average, double f1)
    {
        using var outputs = tensor(new float[] { 0.9f, 0.2f, 0.7f, 0.1f, 0.8f, 0.6f, 0.6f, 0.4f, 0.2f, 0.3f, 0.9f, 0.1f }).view(4, 3);
        using var targets = tensor(new float[] { 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0 }).view(4, 3);
        Assert.Equal(f1, Of(Metric.F1(average), outputs, targets), 1e-12);
        Assert.Equal(f1, Of(Metric.F1(average, threshold: 0), (outputs / (1 - outputs)).log(), targets), 1e-12);
        // a label that does not occur has the score 0
        using var wider = cat([outputs, zeros(4, 1)], 1);
        var expected = average == ClassAverage.Macro ? f1 * 3 / 4 : f1;
        Assert.Equal(expected, Of(Metric.F1(average), wider, cat([targets, zeros(4, 1)], 1)), 1e-12);
        Assert.Throws<ArgumentException>(() => Of(Metric.F1(average), wider, targets));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_area_under_the_curve_equals_that_of_scikit_learn(int columns)
    {
        using var scores = tensor(new float[] { 0.1f, 0.4f, 0.35f, 0.8f }).view(-1, 1);
        using var outputs = columns == 1 ? scores.alias() : cat([-scores, scores], 1);
        using var classes = tensor(new long[] { 0, 0, 1, 1 });
        using var targets = columns == 1 ? classes.view(-1, 1) : classes.alias();
        Assert.Equal(0.75, Of(Metric.Auc(), outputs, targets));
        Assert.Equal(0.8333333333333333, Of(Metric.AveragePrecision(), outputs, targets), 1e-12);
    }

    [Fact]
    public void The_area_is_NaN_for_one_class_or_a_NaN_score()
    {
        using var outputs = tensor(new float[] { 0.1f, 0.4f });
        using var same = ones(2);
        using var both = tensor(new float[] { 0, 1 });
        using var undefined = tensor(new float[] { 0.1f, float.NaN });
        Assert.Equal(double.NaN, Of(Metric.Auc(), outputs, same));
        Assert.Equal(double.NaN, Of(Metric.Auc(), undefined, both));
    }

    [Fact]
    public void The_average_precision_is_1_with_only_positive_samples_and_NaN_without_them()
    {
        using var outputs = tensor(new float[] { 0.1f, 0.4f });
        using var positive = ones(2);
        using var negative = zeros(2);
        Assert.Equal(1, Of(Metric.AveragePrecision(), outputs, positive));
        Assert.Equal(double.NaN, Of(Metric.AveragePrecision(), outputs, negative));
    }

    [Theory]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Float32)]
    public void Classes_of_any_number_type_are_counted(ScalarType type)
    {
        using var outputs = tensor(new float[] { 0.9f, 0.1f, 0.2f, 0.8f, 0.4f, 0.6f }).view(3, 2);
        using var targets = tensor(new long[] { 0, 1, 0 }).to(type);
        Assert.All(new[] { Metric.Accuracy, Metric.TopAccuracy(1), Metric.F1() }, metric => Assert.Equal(2.0 / 3, Of(metric, outputs, targets), 1e-12));
    }

    [Fact]
    public void Errors_of_a_regression_equal_those_of_scikit_learn()
    {
        using var targets = tensor(new float[] { 3, -0.5f, 2, 7 });
        using var outputs = tensor(new float[] { 2.5f, 0, 2, 8 });
        Assert.Equal(0.9486081370449679, Of(Metric.R2, outputs, targets), 1e-12);
        Assert.Equal(0.5, Of(Metric.MeanAbsoluteError, outputs, targets), 1e-12);
        Assert.Equal(0.375, Of(Metric.MeanSquaredError, outputs, targets), 1e-12);
        Assert.Equal(Math.Sqrt(0.375), Of(Metric.RootMeanSquaredError, outputs, targets), 1e-12);
    }

    [Fact]
    public void R2_of_several_outputs_is_their_mean()
    {
        using var targets = tensor(new double[] { 0.5, 1, -1, 1, 7, -6 }).view(3, 2);
        using var outputs = tensor(new double[] { 0, 2, -1, 2, 8, -5 }).view(3, 2);
        Assert.Equal(0.9368005266622779, Of(Metric.R2, outputs, targets), 1e-12);
    }

    [Fact]
    public void R2_of_equal_targets_is_one_for_exact_outputs_and_else_zero()
    {
        using var targets = ones(4);
        using var outputs = tensor(new float[] { 1, 1, 1, 2 });
        Assert.Equal(1, Of(Metric.R2, targets, targets));
        Assert.Equal(0, Of(Metric.R2, outputs, targets));
        using var one = ones(1);
        using var r2 = Metric.R2;
        r2.Update(one, one);
        Assert.Equal(double.NaN, r2.Compute());
    }

    [Fact]
    public void Equal_scores_count_as_in_argmax()
    {
        using var outputs = zeros(8, 4);
        using var targets = tensor(new long[] { 0, 1, 2, 3, 0, 1, 2, 3 });
        Assert.Equal(0.25, Of(Metric.TopAccuracy(1), outputs, targets));
        Assert.Equal(0.25, Of(Metric.Accuracy, outputs, targets));
        Assert.Equal(0.75, Of(Metric.TopAccuracy(3), outputs, targets));
        using var undefined = full([8, 4], double.NaN);
        Assert.Equal(0, Of(Metric.TopAccuracy(3), undefined, targets));
    }

    public static TheoryData<string, long[], long[]> Unfit => new()
    {
        { "accuracy", [8], [8] },
        { "accuracy", [8, 1], [8] },
        { "accuracy", [8, 2], [8, 1] },
        { "accuracy", [8, 2], [4] },
        { "binary", [8], [8, 1] },
        { "binary", [8, 1], [8] },
        { "binary", [8, 2], [8] },
        { "top", [8, 3], [8, 1] },
        { "f1", [8, 1], [8] },
        { "f1", [8], [8, 1] },
        { "f1", [8, 3], [8, 2] },
        { "auc", [8, 1], [8] },
        { "auc", [8], [8, 1] },
        { "auc", [8, 3], [8] },
        { "mae", [8, 1], [8] },
        { "mae", [8], [8, 1] },
        { "mse", [8, 1], [8] },
        { "rmse", [8], [8, 1] },
        { "r2", [8, 1], [8] },
        { "r2", [8, 2], [8] },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void Shapes_that_would_be_broadcast_are_rejected_with_both_shapes(string name, long[] outputShape, long[] targetShape)
    {
        using Metric metric = name switch
        {
            "accuracy" => Metric.Accuracy,
            "binary" => Metric.BinaryAccuracy(),
            "top" => Metric.TopAccuracy(2),
            "f1" => Metric.F1(),
            "auc" => Metric.Auc(),
            "mae" => Metric.MeanAbsoluteError,
            "mse" => Metric.MeanSquaredError,
            "rmse" => Metric.RootMeanSquaredError,
            _ => Metric.R2,
        };
        using var outputs = zeros(outputShape);
        using var targets = zeros(targetShape, int64);
        var error = Assert.Throws<ArgumentException>(() => metric.Update(outputs, targets));
        Assert.Contains($"the outputs are [{string.Join(", ", outputShape)}] and the targets [{string.Join(", ", targetShape)}]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reset_clears_the_state_and_a_clone_has_only_the_settings()
    {
        using var outputs = tensor(new float[] { 1, 0, 0, 1 }).view(2, 2);
        using var right = tensor(new long[] { 0, 1 });
        using var wrong = tensor(new long[] { 1, 0 });
        using var accuracy = Metric.Accuracy;
        accuracy.Update(outputs, wrong);
        using var clone = accuracy.Clone();
        Assert.Equal(double.NaN, clone.Compute());
        Assert.Equal(0, accuracy.Compute());
        accuracy.Reset();
        accuracy.Update(outputs, right);
        Assert.Equal(1, accuracy.Compute());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void States_of_several_processes_combine_to_the_score_of_all(bool isSum)
    {
        Metric Create() => isSum ? Metric.F1() : Metric.Auc();
        using var outputs = tensor(new float[] { 0.1f, 0.6f, 0.35f, 0.8f });
        using var targets = tensor(new float[] { 0, 0, 1, 1 });
        using var first = Create();
        using var second = Create();
        using var all = Create();
        first.Update(outputs[..1], targets[..1]);
        second.Update(outputs[1..], targets[1..]);
        using var one = first.SaveState();
        using var two = second.SaveState();
        using var together = first.Reduction == StateReduction.Sum ? one + two : cat([one, two]);
        all.LoadState(together, CPU);
        Assert.Equal(Of(Create(), outputs, targets), all.Compute());
    }

    private static double Classified(Metric metric)
    {
        using var outputs = nn.functional.one_hot(tensor(_predictions), 3).to(float32);
        using var targets = tensor(_labels);
        return Of(metric, outputs, targets);
    }

    private static double Of(Metric metric, Tensor outputs, Tensor targets)
    {
        using (metric)
        {
            var half = outputs.shape[0] / 2;
            metric.Update(outputs.narrow(0, 0, half), targets.narrow(0, 0, half));
            metric.Update(outputs.narrow(0, half, outputs.shape[0] - half), targets.narrow(0, half, targets.shape[0] - half));
            return metric.Compute();
        }
    }
}
