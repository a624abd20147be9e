using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Keeps a part of the model frozen at first and trains it from an epoch on, when the rest has learned enough to give it useful gradients. While it is
/// frozen it has no gradients and is in evaluation mode, so that batch norms keep their statistics.
/// </summary>
/// <remarks>
/// As Lightning's BackboneFinetuning. Give the part a smaller learning rate by <see cref="LayerRates"/>. It is for a training in one process, as
/// parallel training fixes at its start which parameters have gradients.
/// </remarks>
/// <param name="part">The submodule.</param>
/// <param name="epoch">The first epoch in which it is trained, from 1.</param>
public sealed class UnfreezeAt(nn.Module part, int epoch) : Callback
{
    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epoch);
        if (fit.Replicas.AreSeveral)
            throw new NotSupportedException("UnfreezeAt is for a training in one process: freeze the part before Fit, and train again after unfreezing it.");
    }

    /// <inheritdoc/>
    public override void BeforeEpoch(FitState fit)
    {
        var isTrained = fit.EpochsDone + 1 >= epoch;
        foreach (var parameter in part.parameters())
            parameter.requires_grad = isTrained;
        part.train(isTrained);
    }
}
