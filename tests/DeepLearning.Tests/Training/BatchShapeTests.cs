using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Batches whose shapes broadcasting or a normalization would accept silently, with wrong results.
public sealed class BatchShapeTests
{
    private static readonly TrainerOptions _regression = new()
    {
        Loss = (outputs, targets) => functional.mse_loss(outputs, targets),
        Optimizer = parameters => optim.SGD(parameters, 0.1),
        Metrics = [],
    };

    [Fact]
    public void A_batch_of_one_sample_is_rejected_before_it_reaches_a_batch_norm()
    {
        using var norm = BatchNorm1d(4);
        using var model = Sequential(Linear(2, 4), norm, Linear(4, 2));
        using var inputs = randn(9, 2);
        using var targets = zeros(9, int64);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, targets, batchSize: 4)));
        Assert.Contains("BatchNorm1d '1' expected more than 1 value per channel when training, but got an input of shape [1, 4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("dropLast", error.Message, StringComparison.Ordinal);
        Assert.All(norm.running_var!.data<float>(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_batch_norm_accepts_one_sample_of_several_pixels_and_a_frozen_one_any_sample()
    {
        using var images = randn(5, 1, 4, 4);
        using var classes = zeros(5, int64);
        using var convolutional = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(8, 2));
        Trainer.Fit(convolutional, new TensorBatches(images, classes, batchSize: 2));
        using var norm = BatchNorm1d(4);
        using var model = Sequential(Linear(2, 4), norm, Linear(4, 2));
        using var inputs = randn(5, 2);
        norm.eval();
        Trainer.Fit(model, new TensorBatches(inputs, classes, batchSize: 2));
        Assert.All(norm.running_mean!.data<float>(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void An_instance_norm_of_one_pixel_is_rejected()
    {
        using var model = Sequential(InstanceNorm1d(3), Flatten(), Linear(3, 2));
        using var inputs = randn(4, 3, 1);
        using var classes = zeros(4, int64);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, classes)));
        Assert.Contains("InstanceNorm1d '0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_compares_all_outputs_with_all_targets_is_rejected_with_both_shapes()
    {
        using var model = Linear(2, 1);
        using var inputs = randn(8, 2);
        using var targets = randn(8);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, targets), options: _regression));
        Assert.Contains("the outputs are [8, 1] and the targets [8]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Evaluator.Measure(model, new TensorBatches(inputs, targets), _regression));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loss_that_reshapes_its_arguments_is_accepted(bool changesOutputs)
    {
        using var model = Linear(2, 1);
        using var inputs = randn(8, 2);
        using var targets = randn(8);
        var options = _regression with
        {
            Loss = (outputs, expected) => changesOutputs
                ? functional.mse_loss(outputs.squeeze(1), expected)
                : functional.mse_loss(outputs, expected.unsqueeze(1)),
        };
        var loss = Trainer.Fit(model, new TensorBatches(inputs, targets), options: options with { Epochs = 2 }).History.Epochs[1].Training.Loss;
        Assert.True(double.IsFinite(loss));
    }

    [Fact]
    public void The_check_of_the_loss_waits_for_different_outputs()
    {
        using var model = Linear(2, 1);
        init.zeros_(model.weight);
        using var inputs = randn(8, 2);
        using var targets = randn(8);
        // equal outputs have the same loss for every target; after the first step they differ
        Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, targets, batchSize: 4), options: _regression with { Epochs = 3 }));
    }

    [Fact]
    public void The_default_loss_is_checked()
    {
        using var model = Linear(2, 1);
        using var inputs = randn(8, 2);
        using var classes = zeros(8, int64);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, classes)));
        Assert.Contains("[8, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_of_each_sample_is_rejected_with_advice()
    {
        using var model = Linear(2, 1);
        using var inputs = randn(8, 2);
        using var targets = randn(8, 1);
        var options = _regression with { Loss = (outputs, expected) => functional.mse_loss(outputs, expected, reduction: Reduction.None) };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, targets), options: options));
        Assert.Contains(".mean()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_with_the_same_name_are_rejected()
    {
        using var model = Linear(2, 2);
        using var inputs = randn(8, 2);
        using var classes = zeros(8, int64);
        var options = new TrainerOptions { Metrics = [Metric.Accuracy, Metric.BinaryAccuracy()] };
        Assert.Contains("'accuracy'", Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, classes), options: options)).Message, StringComparison.Ordinal);
    }
}
