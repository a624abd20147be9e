using DeepLearning.Data;
using DeepLearning.Metrics;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Metrics;

public sealed class PredictionsTests : IDisposable
{
    private readonly Tensor _scores = tensor(new[,] { { 2f, 1, 0 }, { 0, 1, 3f }, { 1, 2, 0f }, { 0, 0, 9f } });
    private readonly Tensor _labels = tensor(new[] { 0L, 2, 0, 1 });

    public void Dispose()
    {
        _scores.Dispose();
        _labels.Dispose();
    }

    [Fact]
    public void Predictions_keep_the_order_of_the_batches()
    {
        var predictions = Predict();
        Assert.Equal([0, 2, 0, 1], predictions.Labels);
        Assert.Equal([0, 2, 1, 2], predictions.Classes);
        Assert.Equal(1, predictions.Probabilities(3).ToArray().Sum(), 1e-6f);
    }

    [Fact]
    public void Top_losses_are_in_descending_order()
    {
        var predictions = Predict();
        Assert.Equal([3, 2], predictions.TopLosses(2));
        Assert.Equal(Math.Log(2 + Math.Exp(9)), predictions.Losses[3], 1e-5);
    }

    [Fact]
    public void Top_accuracy_counts_labels_among_the_most_probable()
    {
        Assert.Equal(0.5, Predict().TopAccuracy(1));
        Assert.Equal(1, Predict().TopAccuracy(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Predict().TopAccuracy(4));
        var error = Assert.Throws<ArgumentException>(() => Metric.TopAccuracy(4).Update(_scores, _labels));
        Assert.StartsWith("top-4 accuracy takes outputs [N, classes] with at least 4 classes; the outputs are [4, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_scores_count_as_in_argmax()
    {
        using var network = nn.Identity();
        using var scores = zeros(8, 4);
        using var labels = tensor(new long[] { 0, 1, 2, 3, 0, 1, 2, 3 });
        var predictions = Predictions.Of(network, new TensorBatches(scores, labels, 3));
        Assert.Equal([0.25, 0.5, 0.75, 1], Enumerable.Range(1, 4).Select(predictions.TopAccuracy));
        Assert.Equal(0.25, predictions.ConfusionMatrix(["a", "b", "c", "d"]).Accuracy);
    }

    [Fact]
    public void A_NaN_output_is_a_wrong_prediction_with_the_highest_loss()
    {
        using var network = nn.Identity();
        using var scores = tensor(new float[] { 5, 0, 0, float.NaN, float.NaN, float.NaN, 0, 5, 0 }).view(3, 3);
        using var labels = tensor(new long[] { 0, 1, 0 });
        var predictions = Predictions.Of(network, new TensorBatches(scores, labels));
        Assert.Equal(1 / 3.0, predictions.TopAccuracy(1), 1e-12);
        Assert.Equal([1, 2, 0], predictions.TopLosses());
    }

    [Fact]
    public void A_NaN_score_is_rejected_with_its_sample()
    {
        bool[] labels = [true, false, true];
        double[] scores = [0.5, double.NaN, 0.25];
        Assert.Contains("sample 1 is NaN", Assert.Throws<ArgumentException>(() => BinaryCurves.Roc(labels, scores)).Message, StringComparison.Ordinal);
        Assert.Contains("sample 1 is NaN", Assert.Throws<ArgumentException>(() => BinaryCurves.PrecisionRecall(labels, scores)).Message, StringComparison.Ordinal);
    }

    private Predictions Predict()
    {
        using var network = nn.Identity();
        return Predictions.Of(network, new TensorBatches(_scores, _labels, 3));
    }
}
