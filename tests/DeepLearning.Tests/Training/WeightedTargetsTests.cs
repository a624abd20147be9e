using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Sample weights apply to the loss, its gradients and the metrics, like Keras's sample_weight and weighted_metrics.
public sealed class WeightedTargetsTests
{
    private static readonly Func<Tensor, Tensor, Tensor> _squaredErrors =
        (outputs, targets) => functional.mse_loss(outputs, targets, reduction: Reduction.None);

    [Fact]
    public void The_loss_is_the_sum_of_the_weighted_losses_divided_by_the_number_of_samples()
    {
        // keras.losses.MeanSquaredError()([[1], [2], [3]], [[0], [0], [0]], sample_weight=[1, 0.5, 4]) is (1 + 2 + 36) / 3
        using var targets = tensor(new float[] { 1, 2, 3 }).view(3, 1);
        using var weights = tensor(new float[] { 1, 0.5f, 4 });
        using var weighted = new WeightedTargets(targets, weights);
        using var outputs = zeros(3, 1);
        Assert.Equal(13, weighted.Loss(_squaredErrors)(outputs, weighted.Tensor).ToSingle(), 1e-6);
    }

    [Fact]
    public void Several_outputs_of_a_sample_are_averaged_before_they_are_weighted()
    {
        using var targets = tensor(new float[] { 1, 3, 2, 0 }).view(2, 2);
        using var weights = tensor(new float[] { 1, 10 });
        using var weighted = new WeightedTargets(targets, weights);
        using var outputs = zeros(2, 2);
        Assert.Equal(((1 * (1 + 9) / 2.0) + (10 * (4 + 0) / 2.0)) / 2, weighted.Loss(_squaredErrors)(outputs, weighted.Tensor).ToSingle(), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_loss_and_the_metrics_of_an_epoch_do_not_depend_on_its_batches(int batchSize)
    {
        using var model = Constant();
        using var inputs = zeros(5, 1);
        using var targets = tensor(new float[] { 1, 2, 3, 4, 5 }).view(5, 1);
        using var weights = tensor(new float[] { 0, 1, 2, 0, 3 });
        using var weighted = new WeightedTargets(targets, weights);
        var scores = Evaluator.Measure(model, new TensorBatches(inputs, weighted.Tensor, batchSize), new TrainerOptions
        {
            Loss = weighted.Loss(_squaredErrors),
            Metrics = [weighted.WeightedMetric(Metric.MeanAbsoluteError), weighted.Metric(Metric.MeanSquaredError)],
        });
        Assert.Equal((4 + (2 * 9) + (3 * 25)) / 5.0, scores.Loss, 1e-6);
        Assert.Equal((2 + (2 * 3) + (3 * 5)) / 6.0, scores["mae"], 1e-6);
        Assert.Equal((1 + 4 + 9 + 16 + 25) / 5.0, scores["mse"], 1e-6);
    }

    [Fact]
    public void A_batch_with_zero_weights_changes_no_parameters()
    {
        using var model = Linear(1, 1);
        var before = TwoClasses.Weights(model);
        using var inputs = randn(4, 1);
        using var targets = randn(4, 1);
        using var weights = zeros(4);
        using var weighted = new WeightedTargets(targets, weights);
        var history = Trainer.Fit(model, new TensorBatches(inputs, weighted.Tensor), options: new TrainerOptions
        {
            Loss = weighted.Loss(_squaredErrors),
            Metrics = [],
            Optimizer = parameters => optim.SGD(parameters, 0.1),
        }).History;
        Assert.Equal([0.0], history.StepLosses);
        Assert.Equal(before, TwoClasses.Weights(model));
    }

    public static TheoryData<string, Func<Metric>, bool> Metrics => new()
    {
        { "accuracy", () => Metric.Accuracy, true },
        { "top accuracy", () => Metric.TopAccuracy(2), true },
        { "f1", () => Metric.F1(), true },
        { "precision", () => Metric.Precision(ClassAverage.Weighted), true },
        { "recall", () => Metric.Recall(ClassAverage.Micro), true },
        { "mae", () => Metric.MeanAbsoluteError, false },
        { "mse", () => Metric.MeanSquaredError, false },
        { "rmse", () => Metric.RootMeanSquaredError, false },
        { "r2", () => Metric.R2, false },
        { "binary accuracy", () => Metric.BinaryAccuracy(), false },
        { "mean of a user's", () => Metric.Mean("largest", (outputs, targets) => (outputs - targets).abs().sum()), false },
    };

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Integer_weights_equal_repeated_samples_in_every_metric(string name, Func<Metric> create, bool isClassifier)
    {
        Assert.NotEmpty(name);
        manual_seed(3);
        using var outputs = isClassifier ? rand(9, 3) : rand(9, 2);
        using var targets = isClassifier ? randint(0, 3, [9], int64) : rand(9, 2).round();
        long[] counts = [2, 0, 1, 3, 1, 0, 1, 2, 1];
        using var weights = tensor(counts.Select(count => (float)count).ToArray());
        using var repeated = tensor(counts.SelectMany((count, sample) => Enumerable.Repeat((long)sample, (int)count)).ToArray());
        using var expected = create();
        expected.Update(outputs.index_select(0, repeated), targets.index_select(0, repeated));
        using var actual = create();
        actual.Update(outputs[..4], targets[..4], weights[..4]);
        actual.Update(outputs[4..], targets[4..], weights[4..]);
        Assert.Equal(expected.Compute(), actual.Compute(), 1e-6);
        using var resumed = create();
        using var state = actual.SaveState();
        resumed.LoadState(state, CPU);
        Assert.Equal(actual.Compute(), resumed.Compute());
    }

    [Fact]
    public void Metrics_are_weighted_on_request()
    {
        using var inputs = tensor(new float[] { 1, -1, 1, -1 }).view(4, 1);
        using var classes = tensor(new long[] { 1, 0, 0, 0 });
        using var weights = tensor(new float[] { 1, 1, 5, 1 });
        using var weighted = new WeightedTargets(classes, weights);
        using var model = Linear(1, 2, hasBias: false);
        using (no_grad())
            model.weight!.copy_(tensor(new float[] { -1, 1 }).view(2, 1));
        // only the third sample is wrong
        var options = new TrainerOptions
        {
            Loss = weighted.Loss((outputs, targets) => functional.cross_entropy(outputs, targets, reduction: Reduction.None)),
            Metrics = [weighted.WeightedMetric(Metric.Accuracy)],
            Optimizer = parameters => optim.SGD(parameters, 0),
        };
        Assert.Equal(3 / 8.0, Trainer.Fit(model, new TensorBatches(inputs, weighted.Tensor, 3), options: options).History.Epochs[0].Training["accuracy"], 1e-12);
        Assert.Equal(3 / 4.0, Evaluator.Measure(model, new TensorBatches(inputs, weighted.Tensor), options with { Metrics = [weighted.Metric(Metric.Accuracy)] })["accuracy"], 1e-12);
    }

    [Fact]
    public void A_metric_without_support_for_weights_throws()
    {
        using var outputs = zeros(2);
        using var weights = ones(2);
        Assert.Contains("'auc'", Assert.Throws<NotSupportedException>(() => Metric.Auc().Update(outputs, outputs, weights)).Message, StringComparison.Ordinal);
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => Metric.MeanSquaredError.Update(outputs, outputs, ones(3))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    public void Weights_of_images_come_from_the_loader_in_its_order(int workers, bool isAugmented)
    {
        using var images = arange(10).to(ScalarType.Byte).view(10, 1, 1, 1);
        using var classes = arange(10, int64) % 2;
        var dataset = ImageDataset.Of("ten", images, classes);
        using var weights = arange(10).to(float32) / 255;
        using var weighted = new WeightedTargets(classes, weights);
        manual_seed(5);
        var loader = new BatchLoader(
            dataset, batchSize: 4, shuffle: true, workers, augment: isAugmented ? [Augmentation.RandomHorizontalFlip()] : null, targets: weighted.Tensor);
        var seen = 0;
        foreach (var (pixels, targets) in loader)
        {
            Assert.Equal(pixels.flatten().data<float>().ToArray(), targets.select(1, 1).to(float32).data<float>().ToArray());
            Assert.Equal(pixels.flatten().mul(255).round().to(int64).remainder(2).data<long>().ToArray(), targets.select(1, 0).to(int64).data<long>().ToArray());
            seen += (int)targets.shape[0];
        }
        Assert.Equal(10, seen);
        Assert.Throws<ArgumentException>(() => new BatchLoader(dataset, targets: zeros(9)));
    }

    private static TorchSharp.Modules.Linear Constant()
    {
        var model = Linear(1, 1);
        using (no_grad())
            model.bias!.fill_(0);
        return model;
    }
}
