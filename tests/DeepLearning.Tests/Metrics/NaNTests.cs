using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Metrics;

// A sample with a NaN output is a wrong prediction in accuracies, precision, recall and F1; it has no class or label.
public sealed class NaNTests
{
    private const float NaN = float.NaN;

    private static readonly Dictionary<string, Func<Metric>> _ofLabels = new()
    {
        ["accuracy"] = () => Metric.BinaryAccuracy(),
        ["precision"] = () => Metric.Precision(),
        ["recall"] = () => Metric.Recall(),
        ["f1"] = () => Metric.F1(),
    };

    private static readonly Dictionary<string, Func<Metric>> _ofClasses = new()
    {
        ["accuracy"] = () => Metric.Accuracy,
        ["top-1 accuracy"] = () => Metric.TopAccuracy(1),
        ["top-3 accuracy"] = () => Metric.TopAccuracy(3),
        ["precision"] = () => Metric.Precision(),
        ["recall"] = () => Metric.Recall(),
        ["f1"] = () => Metric.F1(),
    };

    [Theory]
    [InlineData("accuracy", 2 / 5.0)]
    [InlineData("precision", 1 / 2.0)]
    [InlineData("recall", 1 / 3.0)]
    [InlineData("f1", 2 / 5.0)]
    public void A_NaN_output_of_a_label_is_the_opposite_of_its_target(string name, double expected)
    {
        using var scope = NewDisposeScope();
        var targets = tensor(new float[] { 1, 1, 1, 0, 0 });
        var outputs = tensor(new[] { 0.9f, NaN, 0.2f, NaN, 0.1f });
        var opposite = tensor(new[] { 0.9f, 0.1f, 0.2f, 0.9f, 0.1f });
        Assert.Equal(expected, Of(_ofLabels[name](), opposite, targets), 1e-12);
        Assert.Equal(expected, Of(_ofLabels[name](), outputs, targets), 1e-12);
        Assert.Equal(expected, Of(_ofLabels[name](), outputs.view(-1, 1), targets.view(-1, 1)), 1e-12);
        Assert.Equal(expected, Weighted(_ofLabels[name](), outputs, targets), 1e-12);
    }

    [Theory]
    [InlineData("accuracy", 1 / 2.0)]
    [InlineData("precision", 3 / 4.0)]
    [InlineData("recall", 5 / 12.0)]
    [InlineData("f1", 1 / 2.0)]
    public void A_NaN_output_of_one_of_several_labels_counts_for_this_label(string name, double expected)
    {
        using var scope = NewDisposeScope();
        var targets = tensor(new float[] { 1, 0, 1, 1, 0, 1, 1, 0 }).view(4, 2);
        var outputs = tensor(new[] { 0.9f, NaN, NaN, 0.9f, 0.1f, 0.2f, 0.2f, 0.1f }).view(4, 2);
        Assert.Equal(expected, Of(_ofLabels[name](), outputs, targets), 1e-12);
    }

    // the values of scikit-learn where NaN is a further class, with labels=[0, 1, 2]
    [Theory]
    [InlineData("accuracy", 4 / 7.0)]
    [InlineData("top-1 accuracy", 4 / 7.0)]
    [InlineData("top-3 accuracy", 5 / 7.0)]
    [InlineData("precision", 5 / 6.0)]
    [InlineData("recall", 5 / 9.0)]
    [InlineData("f1", 59 / 90.0)]
    public void A_sample_with_a_NaN_score_is_predicted_as_no_class(string name, double expected)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 1, 2, 2, 1, 0, 2 });
        var outputs = nn.functional.one_hot(tensor(new long[] { 0, 2, 2, 1, 1, 0, 2 }), 3).to(float32);
        outputs[1] = tensor(new[] { 0, NaN, 0 }); // the label itself
        outputs[5] = tensor(new[] { NaN, NaN, NaN });
        Assert.Equal(expected, Of(_ofClasses[name](), outputs, labels), 1e-12);
        Assert.Equal(expected, Of(_ofClasses[name](), outputs.to(float64), labels), 1e-12);
        Assert.Equal(expected, Weighted(_ofClasses[name](), outputs, labels), 1e-12);
    }

    [Fact]
    public void Errors_are_NaN_for_NaN_outputs_and_targets()
    {
        using var scope = NewDisposeScope();
        var (numbers, undefined) = (tensor(new float[] { 1, 2, 3, 4 }), tensor(new float[] { 1, 2, NaN, 4 }));
        foreach (var create in new Func<Metric>[] { () => Metric.R2, () => Metric.MeanAbsoluteError, () => Metric.MeanSquaredError, () => Metric.RootMeanSquaredError })
        {
            Assert.Equal(double.NaN, Of(create(), undefined, numbers));
            Assert.Equal(double.NaN, Of(create(), numbers, undefined));
        }
    }

    [Fact]
    public void A_NaN_target_is_rejected_where_classes_or_labels_are_expected()
    {
        using var scope = NewDisposeScope();
        foreach (var (_, create) in _ofLabels.Append(new("auc", Metric.Auc)))
        {
            var error = Assert.Throws<ArgumentException>(() => create().Update(rand(2), tensor(new[] { 1, NaN })));
            Assert.EndsWith("takes 0 or 1 as each target; target 1 is NaN.", error.Message, StringComparison.Ordinal);
        }
        foreach (var (_, create) in _ofClasses)
        {
            foreach (var (wrong, text) in new[] { (NaN, "NaN"), (0.5f, "0.5"), (-0.5f, "-0.5") })
            {
                var error = Assert.Throws<ArgumentException>(() => create().Update(rand(2, 3), tensor(new[] { 1, wrong })));
                Assert.EndsWith($"takes the index of a class, 0 to 2, as each target; target 1 is {text}.", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_NaN_threshold_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => Metric.BinaryAccuracy(double.NaN));
        Assert.Throws<ArgumentException>(() => Metric.Precision(threshold: double.NaN));
        Assert.Throws<ArgumentException>(() => Metric.Recall(threshold: double.NaN));
        Assert.Throws<ArgumentException>(() => Metric.F1(threshold: double.NaN));
    }

    [Fact]
    public void Predictions_give_a_sample_with_NaN_no_class_and_no_place_in_a_report()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Identity();
        var scores = tensor(new[] { 5, 0, 0, NaN, 0, 0, 0, 5, 0 }).view(3, 3);
        var predictions = Predictions.Of(network, new TensorBatches(scores, tensor(new long[] { 0, 0, 1 }), batchSize: 2));
        Assert.Equal([0, -1, 1], predictions.Classes);
        Assert.Equal([2 / 3.0, 2 / 3.0], new[] { 1, 3 }.Select(predictions.TopAccuracy));
        Assert.Contains("1 of 3 samples are NaN, first of sample 1,", Assert.Throws<InvalidOperationException>(() => predictions.Report(["a", "b", "c"])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => predictions.ConfusionMatrix(["a", "b", "c"]));
    }

    [Fact]
    public void A_NaN_output_is_neither_a_class_nor_a_label()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Identity();
        var outputs = tensor(new[] { 5, 0, 0, 5, 1, NaN, 2, 3 }).view(4, 2);
        var batches = new TensorBatches(outputs, zeros(4), batchSize: 2);
        foreach (var predict in new Action[]
        {
            () => Predict.Classes(network, outputs), () => Predict.Classes(network, batches),
            () => Predict.MultiLabels(network, outputs), () => Predict.MultiLabels(network, batches, fromLogits: false),
            () => Predict.BinaryLabels(network, outputs.select(1, 1)), () => Predict.BinaryLabels(network, outputs.narrow(1, 1, 1)),
        })
        {
            Assert.Contains("for sample 2 are NaN", Assert.Throws<ArgumentException>(predict).Message, StringComparison.Ordinal);
        }
        // probabilities and values show which samples are NaN
        Assert.True(Predict.Probabilities(network, outputs)[2].isnan().all().item<bool>());
        Assert.True(Predict.BinaryProbabilities(network, outputs.select(1, 1))[2].isnan().item<bool>());
    }

    private static double Of(Metric metric, Tensor outputs, Tensor targets)
    {
        using (metric)
        {
            var half = outputs.shape[0] / 2;
            metric.Update(outputs[..(int)half], targets[..(int)half]);
            metric.Update(outputs[(int)half..], targets[(int)half..]);
            return metric.Compute();
        }
    }

    private static double Weighted(Metric metric, Tensor outputs, Tensor targets)
    {
        using (metric)
        {
            metric.Update(outputs, targets, ones(targets.shape[0]) * 3);
            return metric.Compute();
        }
    }
}
