using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The precision of the computation in training. The base class uses the model's type: Float32, unless the model was converted.</summary>
public class Precision
{
    /// <summary>Gets the precision of the model's type.</summary>
    public static Precision Full { get; } = new();

    /// <summary>Enables the precision for the forward pass and the loss until the result is disposed of.</summary>
    /// <param name="device">The device of the model and the batches.</param>
    /// <returns>An object that disables the precision when it is disposed of; null if there is nothing to disable.</returns>
    protected internal virtual IDisposable? Enter(Device device) => null;

    /// <summary>Computes and accumulates the gradients of a loss.</summary>
    /// <param name="loss">The loss, a single number.</param>
    protected internal virtual void Backward(Tensor loss) => loss.backward();

    /// <summary>Divides the gradients by the loss scale before clipping.</summary>
    /// <param name="optimizer">The optimizer of the parameters.</param>
    protected internal virtual void Unscale(optim.Optimizer optimizer)
    {
    }

    /// <summary>Updates the weights.</summary>
    /// <param name="optimizer">The optimizer of the parameters.</param>
    protected internal virtual void Update(optim.Optimizer optimizer) => optimizer.step();

    /// <summary>Returns the state that a checkpoint keeps: null, numbers, strings, and lists and dictionaries of these.</summary>
    protected internal virtual object? SaveState() => null;

    /// <summary>Restores what <see cref="SaveState"/> returned.</summary>
    /// <param name="state">The state.</param>
    protected internal virtual void LoadState(object? state)
    {
    }
}
