using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Keeps a part of the model frozen at first and trains it from a given epoch on, when the other layers give it useful gradients. A frozen part has
/// no gradients and is in evaluation mode, so batch norms keep their statistics.
/// </summary>
/// <remarks>
/// Like Lightning's BackboneFinetuning. Use <see cref="LayerRates"/> to give the part a lower learning rate. The callback supports only training in
/// one process, because distributed training determines at its start which parameters have gradients.
/// </remarks>
/// <param name="part">The submodule.</param>
/// <param name="epoch">The first epoch in which the submodule is trained, from 1.</param>
public sealed class UnfreezeAt(nn.Module part, int epoch) : Callback
{
    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epoch);
        if (!fit.Model.modules().Contains(part))
            throw new ArgumentException($"UnfreezeAt got a {part.GetType().Name} that is not a submodule of the model being trained.");
        if (fit.Replicas.AreSeveral)
            throw new NotSupportedException("UnfreezeAt supports only training in one process: freeze the part before Fit, unfreeze it afterwards "
                + "and call Fit again.");
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
