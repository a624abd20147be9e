using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// The losses with their checks, and weights of classes and samples.
public sealed class LossesTests
{
    [Fact]
    public void Class_weights_equal_those_of_scikit_learn_and_the_loss_equals_PyTorchs()
    {
        var weights = ClassWeights.Balanced([0, 0, 0, 1, 1, 2], classes: 4);
        Assert.Equal([0.5, 0.75, 1.5, 0], weights);
        using var outputs = tensor(new float[] { 1, 2, 3, 0, 0.5f, 0, 1, 0 }).view(2, 4);
        using var targets = tensor(new long[] { 0, 2 });
        using var logs = functional.log_softmax(outputs, 1);
        var expected = -((0.5 * logs[0, 0].ToSingle()) + (1.5 * logs[1, 2].ToSingle())) / 2;
        Assert.Equal(expected, Losses.CrossEntropy(weights)(outputs, targets).ToSingle(), 1e-6);
        Assert.Throws<ArgumentException>(() => ClassWeights.Balanced([0, 5], classes: 4));
        Assert.Throws<ArgumentException>(() => Losses.CrossEntropy([1, 2])(outputs, targets));
    }

    [Theory]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Bool)]
    public void Class_numbers_of_another_type_are_rejected_with_the_conversion(ScalarType type)
    {
        using var outputs = zeros(4, 2);
        using var targets = zeros(4, type);
        var error = Assert.Throws<ArgumentException>(() => Losses.CrossEntropy()(outputs, targets));
        Assert.Contains($"the targets are {type}: convert them with .to(ScalarType.Int64)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.Float64)]
    public void Regression_targets_of_another_type_are_rejected_with_the_conversion(ScalarType type)
    {
        using var outputs = zeros(4, 1);
        using var targets = zeros(4, 1, type);
        Assert.All(new[] { Losses.MeanSquaredError(), Losses.MeanAbsoluteError(), Losses.Huber() }, loss =>
            Assert.Contains($"the targets {type}: convert the targets with .to(ScalarType.Float32)", Assert.Throws<ArgumentException>(() => loss(outputs, targets)).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void An_invalid_class_weight_is_rejected(double weight) =>
        Assert.Throws<ArgumentException>(() => Losses.CrossEntropy([1, weight]));

    [Fact]
    public void Class_weights_of_which_none_is_positive_are_rejected()
    {
        Assert.Contains("All class weights are 0", Assert.Throws<ArgumentException>(() => Losses.CrossEntropy([0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Losses.CrossEntropy([]));
        using var scope = NewDisposeScope();
        var (loss, outputs) = (Losses.CrossEntropy([0, 1]), randn(4, 2));
        Assert.Contains("All 4 targets of the batch are of classes with the weight 0", Assert.Throws<ArgumentException>(() => loss(outputs, zeros(4, int64))).Message, StringComparison.Ordinal);
        Assert.True(float.IsFinite(loss(outputs, tensor(new long[] { 0, 0, 1, 0 })).ToSingle()));
    }

    [Fact]
    public void Positive_targets_can_have_a_weight()
    {
        using var outputs = zeros(2);
        using var targets = tensor(new float[] { 1, 0 });
        Assert.Equal(Math.Log(2) * 4 / 2, Losses.BinaryCrossEntropy(positiveWeight: 3)(outputs, targets).ToSingle(), 1e-6);
    }

    public static TheoryData<string, Func<Tensor, Tensor, Tensor>> OfOneShape => new()
    {
        { "MeanSquaredError", Losses.MeanSquaredError() },
        { "MeanAbsoluteError", Losses.MeanAbsoluteError() },
        { "Huber", Losses.Huber() },
        { "BinaryCrossEntropy", Losses.BinaryCrossEntropy() },
    };

    [Theory]
    [MemberData(nameof(OfOneShape))]
    public void Shapes_that_would_be_broadcast_are_rejected_with_both_shapes(string name, Func<Tensor, Tensor, Tensor> loss)
    {
        using var outputs = zeros(8, 1);
        using var targets = zeros(8);
        var error = Assert.Throws<ArgumentException>(() => loss(outputs, targets));
        Assert.Contains($"{name} takes outputs and targets of the same shape; the outputs are [8, 1] and the targets [8]", error.Message, StringComparison.Ordinal);
        Assert.True(float.IsFinite(loss(outputs, zeros(8, 1)).ToSingle()));
    }

    [Fact]
    public void Each_label_can_have_the_weight_of_its_positive_targets()
    {
        using var scope = NewDisposeScope();
        var targets = tensor(new float[] { 1, 0, 0, 0, 0, 1, 0, 1 }).view(4, 2);
        var outputs = tensor(new float[] { 0.5f, -1, 2, 0.25f, -0.5f, 1, 0, 3 }).view(4, 2);
        // one of four samples is positive for the first label, two for the second
        double[] weights = [3, 1];
        Assert.Equal(weights, ClassWeights.Positive(targets));
        Assert.Equal([3], ClassWeights.Positive(targets.select(1, 0).to(int64)));
        var logs = (Func<Tensor, Tensor>)(x => -functional.softplus(-x));
        var expected = -((tensor(new float[] { 3, 1 }) * targets * logs(outputs)) + ((1 - targets) * logs(-outputs))).mean();
        Assert.Equal(expected.ToSingle(), Losses.BinaryCrossEntropy(weights)(outputs, targets).ToSingle(), 1e-6f);
        Assert.Equal(Losses.BinaryCrossEntropy(3)(outputs, targets).ToSingle(), Losses.BinaryCrossEntropy([3, 3])(outputs, targets).ToSingle(), 1e-6f);
    }

    [Fact]
    public void Invalid_weights_of_positive_targets_are_rejected()
    {
        using var scope = NewDisposeScope();
        foreach (var wrong in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentException>(() => Losses.BinaryCrossEntropy(wrong));
            Assert.Throws<ArgumentException>(() => Losses.BinaryCrossEntropy([1, wrong]));
        }
        Assert.Throws<ArgumentException>(() => Losses.BinaryCrossEntropy([]));
        Assert.Contains("weights of 3 labels; the outputs are [4, 2]", Assert.Throws<ArgumentException>(() => Losses.BinaryCrossEntropy([1, 2, 3])(zeros(4, 2), zeros(4, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("Label 1 (from 0) has only negative samples", Assert.Throws<ArgumentException>(() => ClassWeights.Positive(tensor(new float[] { 1, 0, 0, 0 }).view(2, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("target 0 is 2", Assert.Throws<ArgumentException>(() => ClassWeights.Positive(full(2, 2f))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weighted_samples_train_like_repeated_samples()
    {
        using var inputs = tensor(new float[] { 1, 2, 3, 4 }).view(4, 1);
        using var classes = tensor(new long[] { 0, 1, 1, 0 });
        // as many as samples
        using var weights = tensor(new float[] { 1, 2, 1, 0 });
        using var weighted = new WeightedTargets(classes, weights);
        float[] Trained(Tensor features, Tensor targets, Func<Tensor, Tensor, Tensor> loss, Metric metric, double expected)
        {
            manual_seed(4);
            using var model = Linear(1, 2);
            var result = Trainer.Fit(model, new TensorBatches(features, targets), options: new TrainerOptions
            {
                Optimizer = parameters => optim.SGD(parameters, 0.1),
                Loss = loss,
                Metrics = [metric],
            });
            Assert.Equal(expected, result.History.Epochs[0].Training["counted"], 1e-12);
            return TwoClasses.Weights(model);
        }
        Metric Counted() => Metric.Mean("counted", (_, targets) => targets.eq(1).sum());
        var actual = Trained(
            inputs, weighted.Tensor, weighted.Loss((outputs, targets) => functional.cross_entropy(outputs, targets, reduction: Reduction.None)),
            weighted.WeightedMetric(Counted()), expected: 0.75);
        using var repeated = tensor(new long[] { 0, 1, 1, 2 });
        var expected = Trained(inputs.index_select(0, repeated), classes.index_select(0, repeated), Losses.CrossEntropy(), Counted(), expected: 0.75);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Invalid_weights_are_rejected()
    {
        using var targets = zeros(4);
        using var few = ones(3);
        using var negative = -ones(4);
        Assert.Contains("[4] and the weights [3]", Assert.Throws<ArgumentException>(() => new WeightedTargets(targets, few)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WeightedTargets(targets, negative));
        using var infinite = full(4, float.PositiveInfinity);
        Assert.Throws<ArgumentException>(() => new WeightedTargets(targets, infinite));
        using var weights = ones(4);
        using var weighted = new WeightedTargets(targets, weights);
        Assert.Throws<ArgumentException>(() => weighted.Loss((outputs, own) => functional.mse_loss(outputs, own))(targets, weighted.Tensor));
    }
}
