using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>How good a network is on data that it does not learn from.</summary>
/// <param name="Loss">The mean cross-entropy over the samples.</param>
/// <param name="Accuracy">The share of samples whose class gets the highest score, 0 to 1.</param>
public sealed record Evaluation(double Loss, double Accuracy)
{
    /// <summary>Measures without learning: in evaluation mode, without gradients; the network's mode is restored.</summary>
    /// <param name="network">Maps images [N, …] to scores [N, classes].</param>
    /// <param name="loader">One pass over it is made.</param>
    /// <exception cref="ArgumentException">The loader has no batch.</exception>
    public static Evaluation Measure(nn.Module<Tensor, Tensor> network, DataLoader loader)
    {
        if (loader.Count == 0)
            throw new ArgumentException("The loader has no batch to measure on.", nameof(loader));
        var wasTraining = network.training;
        network.eval();
        try
        {
            using var untracked = no_grad();
            using var totals = new BatchTotals(loader.Device);
            foreach (var (images, labels) in loader)
            {
                using var predictions = network.call(images);
                using var loss = nn.functional.cross_entropy(predictions, labels);
                totals.AddLoss(loss, labels.shape[0]);
                totals.AddCorrect(predictions, labels);
            }
            return new Evaluation(totals.MeanLoss, totals.Accuracy);
        }
        finally
        {
            network.train(wasTraining);
        }
    }
}
