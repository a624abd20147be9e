using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Targets that do not fit the loss or the number of outputs.
public sealed class TargetMistakeTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_class_number_that_the_outputs_do_not_have_is_named(long label)
    {
        using var targets = tensor([0L, 2, label, 1]);
        foreach (var loss in new[] { Losses.CrossEntropy(), Losses.CrossEntropy([1, 1, 1]) })
            Assert.Equal($"CrossEntropy takes the index of a class, 0 to 2, as each target; target 2 is {label}.", Refused(3, targets, loss));
        using var model = Linear(2, 3);
        using var inputs = randn(4, 2);
        Assert.Contains($"target 2 is {label}", Assert.Throws<ArgumentException>(() => Predictions.Of(model, new TensorBatches(inputs, targets))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ignored_targets_are_accepted()
    {
        using var targets = tensor([0L, 2, -100, 1]);
        using var outputs = randn(4, 3);
        using var loss = Losses.CrossEntropy()(outputs, targets);
        using var expected = functional.cross_entropy(outputs, targets);
        Assert.Equal(expected.item<float>(), loss.item<float>());
    }

    [Fact]
    public void Shapes_that_are_nearly_right_are_answered_with_the_conversion()
    {
        using var classes = tensor([0L, 2, 1, 1]);
        using var column = classes.unsqueeze(1);
        using var hot = functional.one_hot(classes, 3);
        using var probabilities = hot.to(float32);
        Assert.Contains(".squeeze(1)", Refused(3, column, Losses.CrossEntropy()), StringComparison.Ordinal);
        Assert.Contains(".argmax(1)", Refused(3, hot, Losses.CrossEntropy()), StringComparison.Ordinal);
        // the loss accepts probabilities, the accuracy does not
        Assert.Contains("Accuracy takes outputs [N, classes] and targets [N]", Refused(3, probabilities, Losses.CrossEntropy()), StringComparison.Ordinal);
        Assert.Contains(".argmax(1)", Refused(3, probabilities, Losses.CrossEntropy()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_output_with_the_default_loss_is_answered_with_the_losses_for_it()
    {
        using var values = randn(4, 1);
        Assert.Contains("Losses.BinaryCrossEntropy() or Losses.MeanSquaredError()", Refused(1, values, Losses.CrossEntropy()), StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_targets_outside_of_0_to_1_are_rejected()
    {
        using var labels = tensor([1f, 2, 1, 2]).unsqueeze(1);
        Assert.Equal("BinaryCrossEntropy takes 0 or 1 as each target; target 1 is 2.", Refused(1, labels, Losses.BinaryCrossEntropy()));
        using var smooth = tensor([0.1f, 0.9f, 0, 1]).unsqueeze(1);
        using var outputs = randn(4, 1);
        using var loss = Losses.BinaryCrossEntropy()(outputs, smooth);
        Assert.True(double.IsFinite(loss.item<float>()));
    }

    [Fact]
    public void A_delta_that_is_not_positive_is_rejected() => Assert.Throws<ArgumentOutOfRangeException>(() => Losses.Huber(0));

    [Fact]
    public void Classes_of_a_model_with_one_output_are_rejected()
    {
        using var model = Linear(2, 1);
        using var inputs = randn(4, 2);
        // argmax over one column would be class 0 for every sample
        Assert.Contains("Use BinaryLabels or Values", Assert.Throws<ArgumentException>(() => Predict.Classes(model, inputs)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Predict.Probabilities(model, inputs));
        using var labels = Predict.BinaryLabels(model, inputs);
        Assert.Equal([4L], labels.shape);
    }

    [Fact]
    public void A_single_sample_without_a_batch_dimension_is_rejected_with_advice()
    {
        using var model = Linear(2, 3);
        using var sample = randn(2);
        Assert.Contains(".unsqueeze(0)", Assert.Throws<ArgumentException>(() => Predict.Classes(model, sample)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(5)]
    public void A_threshold_that_is_no_probability_is_rejected(double threshold)
    {
        using var model = Linear(2, 1);
        using var inputs = randn(4, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Predict.BinaryLabels(model, inputs, threshold: threshold));
        Assert.Throws<ArgumentOutOfRangeException>(() => Predict.MultiLabels(model, inputs, threshold: threshold));
    }

    [Fact]
    public void Metrics_reject_numbers_without_samples()
    {
        using var one = tensor(1f);
        foreach (var metric in new[] { Metric.MeanSquaredError, Metric.MeanAbsoluteError, Metric.R2 })
        {
            using (metric)
                Assert.Contains("[N, …]", Assert.Throws<ArgumentException>(() => metric.Update(one, one)).Message, StringComparison.Ordinal);
        }
    }

    private static string Refused(int outputs, Tensor targets, Func<Tensor, Tensor, Tensor> loss)
    {
        using var model = Linear(2, outputs);
        using var inputs = randn(4, 2);
        return Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, targets), options: new TrainerOptions { Loss = loss })).Message;
    }
}
