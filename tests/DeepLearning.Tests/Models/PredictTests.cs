using DeepLearning.Data;
using DeepLearning.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

public sealed class PredictTests
{
    private readonly Tensor _inputs = rand(7, 3);

    [Fact]
    public void Classes_and_probabilities_equal_those_of_softmax()
    {
        using var model = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.9));
        model.eval();
        var logits = model.call(_inputs);
        model.train();
        Assert.True(logits.allclose(Predict.Values(model, _inputs)));
        Assert.True(logits.softmax(1).allclose(Predict.Probabilities(model, _inputs)));
        Assert.Equal(logits.argmax(1).data<long>().ToArray(), Predict.Classes(model, _inputs).data<long>().ToArray());
        var batches = new TensorBatches(_inputs, zeros(7), batchSize: 3);
        Assert.True(logits.allclose(Predict.Values(model, batches)));
        Assert.True(logits.softmax(1).allclose(Predict.Probabilities(model, batches)));
        Assert.Equal(logits.argmax(1).data<long>().ToArray(), Predict.Classes(model, batches).data<long>().ToArray());
        Assert.False(Predict.Values(model, _inputs).requires_grad);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_classes_have_one_probability(bool fromLogits)
    {
        using var model = fromLogits ? nn.Sequential(nn.Linear(3, 1)) : nn.Sequential(nn.Linear(3, 1), nn.Sigmoid());
        var expected = ((Linear)model.children().First()).call(_inputs).sigmoid().squeeze(1);
        Assert.True(expected.allclose(Predict.BinaryProbabilities(model, _inputs, fromLogits)));
        var labels = Predict.BinaryLabels(model, new TensorBatches(_inputs, zeros(7), 2), fromLogits, threshold: 0.6);
        Assert.Equal((expected > 0.6).to(ScalarType.Int64).data<long>().ToArray(), labels.data<long>().ToArray());
        Assert.Equal(ScalarType.Int64, Predict.BinaryLabels(model, _inputs, fromLogits).dtype);
    }

    [Fact]
    public void The_mode_of_each_submodule_is_restored()
    {
        using var norm = nn.BatchNorm1d(3);
        using var model = nn.Sequential(norm, nn.Dropout());
        model.train();
        norm.eval();
        Predict.Values(model, _inputs);
        Assert.Equal((true, false, true), (model.training, norm.training, model.children().Last().training));
        Assert.ThrowsAny<Exception>(() => Predict.Values(model, rand(2, 5)));
        Assert.Equal((true, false, true), (model.training, norm.training, model.children().Last().training));
    }

    [Fact]
    public void Outputs_of_another_shape_are_rejected()
    {
        using var model = nn.Sequential(nn.Linear(3, 2));
        var error = Assert.Throws<ArgumentException>(() => Predict.BinaryLabels(model, _inputs));
        Assert.StartsWith("A model for binary classification must have one output per sample, [N] or [N, 1], but the outputs are [7, 2].", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Predict.Classes(nn.Sequential(nn.Flatten(0)), _inputs));
        Assert.Throws<ArgumentException>(() => Predict.Values(model, new TensorBatches(_inputs, zeros(7), 8, dropLast: true)));
    }

    [Fact]
    public void Predictions_leave_no_tensors()
    {
        using var model = nn.Sequential(nn.Linear(3, 2));
        var batches = new TensorBatches(_inputs, zeros(7), 2);
        Predict.Classes(model, batches).Dispose();
        var before = LiveTensors.OfThisThread;
        Predict.Classes(model, batches).Dispose();
        Assert.Equal(before, LiveTensors.OfThisThread);
    }
}
