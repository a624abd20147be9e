using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Forward pass, loss and backward pass of one batch.</summary>
internal static class BatchPass
{
    /// <summary>Adds the gradients of a batch to those of the model's parameters.</summary>
    /// <param name="fit">The training.</param>
    /// <param name="inputs">The batch, on the device.</param>
    /// <param name="targets">Its targets, on the device.</param>
    /// <param name="accumulated">The number of batches that change the weights together; the loss is divided by it for the gradients.</param>
    /// <returns>The model's outputs and the undivided loss.</returns>
    public static (Tensor Outputs, Tensor Loss) Run(FitState fit, Tensor inputs, Tensor targets, int accumulated)
    {
        var options = fit.Options;
        Tensor outputs, loss;
        using (options.Precision.Enter(fit.Device))
        {
            outputs = fit.Replicas.Model.call(inputs);
            loss = options.Loss(outputs, targets);
        }
        options.Precision.Backward(accumulated == 1 ? loss : loss / accumulated);
        return (outputs, loss);
    }
}
