using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>What each batch goes through before the weights change: forward, loss and backward.</summary>
internal abstract class BatchPass : IDisposable
{
    /// <exception cref="ArgumentException">What is to be captured cannot be.</exception>
    public static BatchPass Of(FitState fit)
    {
        var eager = new EagerPass(fit);
        if (!fit.Options.CaptureGraph)
            return eager;
        if (fit.Replicas.Model != fit.Model)
        {
            throw new ArgumentException(
                "CaptureGraph does not go with torch.distributed: processes exchange gradients in the midst of a pass. Leave one of the two out.");
        }
        return new CapturedPass(eager, fit.Options.NewGraph(fit.Device), [.. fit.Model.parameters()]);
    }

    /// <summary>Adds the gradients of a batch.</summary>
    /// <param name="inputs">The batch, on the device.</param>
    /// <param name="targets">What should come out.</param>
    /// <param name="together">How many batches change the weights together: the loss enters the gradients divided by it.</param>
    /// <returns>What the network gave, until the next batch, and the loss.</returns>
    public abstract (Tensor Outputs, Tensor Loss) Run(Tensor inputs, Tensor targets, int together);

    public virtual void Dispose()
    {
    }
}

/// <summary>A pass whose operators are called one by one.</summary>
internal sealed class EagerPass(FitState fit) : BatchPass
{
    public override (Tensor Outputs, Tensor Loss) Run(Tensor inputs, Tensor targets, int together)
    {
        var options = fit.Options;
        Tensor outputs, loss;
        using (options.Precision.Enter(fit.Device))
        {
            outputs = fit.Replicas.Model.call(inputs);
            loss = options.Loss(outputs, targets);
        }
        options.Precision.Backward(together == 1 ? loss : loss / together);
        return (outputs, loss);
    }
}
