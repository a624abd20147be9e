using DeepLearning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Computes the forward pass, the loss and the backward pass of one batch.</summary>
internal static class BatchPass
{
    /// <summary>Adds the gradients of a batch to the gradients of the model's parameters.</summary>
    /// <param name="fit">The training.</param>
    /// <param name="inputs">The inputs, on the device.</param>
    /// <param name="targets">The targets, on the device.</param>
    /// <param name="accumulated">
    /// The number of batches whose gradients one step accumulates; the backward pass starts from the loss divided by this number.
    /// </param>
    /// <returns>The model's outputs and the loss before the division.</returns>
    public static (Tensor Outputs, Tensor Loss) Run(FitState fit, Tensor inputs, Tensor targets, int accumulated)
    {
        var precision = fit.Options.Precision;
        Tensor outputs, loss;
        using (precision.Enter(fit.Device))
        {
            using (fit.Normalization.Of(inputs))
                outputs = fit.Direct?.TryForward(fit.Model, inputs) ?? ModelCall.Run(fit.Replicas.Model, inputs);
            if (fit.HasPlainLoss && fit.Direct?.TryCrossEntropy(outputs, targets, accumulated) is { } direct)
            {
                fit.Direct.Backward();
                return (outputs, direct);
            }
            loss = fit.Loss.Compute(outputs, targets);
        }
        using Scalar batches = accumulated; // kept alive during the call, because TorchSharp does not keep it alive
        precision.Backward(accumulated == 1 ? loss : loss.div(batches));
        fit.Direct?.Backward();
        return (outputs, loss);
    }
}
