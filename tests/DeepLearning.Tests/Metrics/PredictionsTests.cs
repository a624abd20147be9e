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
    public void They_keep_the_order_of_the_batches()
    {
        var predictions = Predict();
        Assert.Equal([0, 2, 0, 1], predictions.Labels);
        Assert.Equal([0, 2, 1, 2], predictions.Classes);
        Assert.Equal(1, predictions.Probabilities(3).ToArray().Sum(), 1e-6f);
    }

    [Fact]
    public void Top_losses_come_worst_first()
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
    }

    private Predictions Predict()
    {
        using var network = nn.Identity();
        return Predictions.Of(network, new TensorBatches(_scores, _labels, 3));
    }
}
