using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Forward pass, loss and backward pass of one batch.</summary>
internal static class BatchPass
{
    /// <summary>Adds the gradients of a batch to those of the model's parameters.</summary>
    /// <param name="fit">The training.</param>
    /// <param name="inputs">The inputs, on the device.</param>
    /// <param name="targets">The targets, on the device.</param>
    /// <param name="accumulated">The number of batches that change the weights together; the loss is divided by it for the gradients.</param>
    /// <returns>The model's outputs and the undivided loss.</returns>
    public static (Tensor Outputs, Tensor Loss) Run(FitState fit, Tensor inputs, Tensor targets, int accumulated)
    {
        var precision = fit.Options.Precision;
        Tensor outputs, loss;
        using (precision.Enter(fit.Device))
        {
            using (fit.Normalization.Of(inputs))
                outputs = fit.Replicas.Model.call(inputs);
            loss = fit.Loss.Compute(outputs, targets);
        }
        using Scalar batches = accumulated; // held over the call, where TorchSharp would not hold it
        precision.Backward(accumulated == 1 ? loss : loss.div(batches));
        return (outputs, loss);
    }
}
