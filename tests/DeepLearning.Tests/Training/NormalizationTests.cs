using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// A normalization layer with a single value per mean throws an exception, before its statistics become NaN.
public sealed class NormalizationTests
{
    public static TheoryData<string, Func<Module<Tensor, Tensor>>, long[], string> SingleValues => new()
    {
        { "BatchNorm1d", () => BatchNorm1d(4), [1, 4], "channel" },
        { "BatchNorm2d", () => BatchNorm2d(4), [1, 4, 1, 1], "channel" },
        { "BatchNorm3d", () => BatchNorm3d(4), [1, 4, 1, 1, 1], "channel" },
        { "InstanceNorm1d", () => InstanceNorm1d(4), [3, 4, 1], "channel" },
        { "InstanceNorm2d", () => InstanceNorm2d(4), [3, 4, 1, 1], "channel" },
        { "InstanceNorm3d", () => InstanceNorm3d(4), [3, 4, 1, 1, 1], "channel" },
        { "GroupNorm", () => GroupNorm(4, 4).reset_parameters(), [3, 4], "group" },
        { "GroupNorm", () => GroupNorm(4, 4).reset_parameters(), [3, 4, 1, 1], "group" },
    };

    [Theory]
    [MemberData(nameof(SingleValues))]
    public void One_value_for_each_mean_is_rejected(string name, Func<Module<Tensor, Tensor>> create, long[] shape, string what)
    {
        using var model = Sequential(create(), Flatten(), Linear(4, 2));
        using var inputs = randn(shape);
        using var classes = zeros(shape[0], int64);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, classes)));
        Assert.Contains($"{name} '0' expected more than 1 value per {what}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"[{string.Join(", ", shape)}]", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Func<Module<Tensor, Tensor>>, long[]> SeveralValues => new()
    {
        { () => BatchNorm1d(4), [2, 4] },
        { () => BatchNorm1d(4), [1, 4, 2] },
        { () => BatchNorm2d(4), [1, 4, 1, 2] },
        { () => InstanceNorm1d(4), [1, 4, 2] },
        { () => InstanceNorm2d(4), [1, 4, 2, 1] },
        { () => GroupNorm(2, 4).reset_parameters(), [1, 4, 1] },
        { () => GroupNorm(4, 4).reset_parameters(), [1, 4, 2] },
        { () => LayerNorm(4), [1, 4] },
    };

    [Theory]
    [MemberData(nameof(SeveralValues))]
    public void Two_values_for_each_mean_are_enough(Func<Module<Tensor, Tensor>> create, long[] shape)
    {
        manual_seed(1);
        using var model = Sequential(create(), Flatten(), Linear(shape[1..].Aggregate(1L, (product, size) => product * size), 2));
        using var inputs = randn(shape);
        using var classes = zeros(shape[0], int64);
        Assert.True(double.IsFinite(Trainer.Fit(model, new TensorBatches(inputs, classes)).History.StepLosses[0]));
    }

    [Fact]
    public void A_layer_that_is_unfrozen_in_a_later_epoch_is_checked_then()
    {
        using var norm = BatchNorm1d(4);
        using var model = Sequential(Linear(2, 4), norm, Linear(4, 2));
        using var inputs = randn(3, 2);
        using var classes = zeros(3, int64);
        Assert.Throws<ArgumentException>(() => Trainer.Fit(
            model, new TensorBatches(inputs, classes, batchSize: 1), options: new TrainerOptions { Epochs = 3, Callbacks = [new UnfreezeAt(norm, 2)] }));
        Assert.All(norm.running_var!.data<float>(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Batches_of_the_same_number_of_samples_and_another_shape_are_checked()
    {
        using var model = Sequential(BatchNorm1d(2), AdaptiveAvgPool1d(1), Flatten(), Linear(2, 2));
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new Sequences(3, 2, 1)));
        Assert.Contains("[1, 2, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_within_other_modules_is_named_by_its_path()
    {
        using var model = Sequential(("body", Sequential(("first", Linear(2, 4)), ("norm", BatchNorm1d(4)))), ("head", Linear(4, 2)));
        using var inputs = randn(3, 2);
        using var classes = zeros(3, int64);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, classes, batchSize: 2)));
        Assert.Contains("BatchNorm1d 'body.norm'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A batch of one sequence with two channels.</summary>
    private sealed class Sequences(params long[] lengths) : IBatches
    {
        public int Count => lengths.Length;

        public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) =>
            lengths.Skip(skip).Select(length => (randn(1, 2, length), zeros(1, int64)));
    }
}
