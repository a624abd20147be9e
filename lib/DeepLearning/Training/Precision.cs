using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The precision that a model computes in while it is trained. This one is the model's own: Float32, unless it was converted.</summary>
public class Precision
{
    /// <summary>Gets the model's own precision.</summary>
    public static Precision Full { get; } = new();

    /// <summary>Starts the precision of the forward pass and the loss; the result ends it.</summary>
    protected internal virtual IDisposable? Enter(Device device) => null;

    /// <summary>Adds the gradients of a loss.</summary>
    protected internal virtual void Backward(Tensor loss) => loss.backward();

    /// <summary>Divides the gradients by the loss scale, before they are clipped.</summary>
    protected internal virtual void Unscale(optim.Optimizer optimizer)
    {
    }

    /// <summary>Changes the weights.</summary>
    protected internal virtual void Update(optim.Optimizer optimizer) => optimizer.step();

    /// <summary>Returns the state that a checkpoint keeps: null, numbers, strings, and lists and dictionaries of these.</summary>
    protected internal virtual object? SaveState() => null;

    /// <summary>Restores what <see cref="SaveState"/> returned.</summary>
    protected internal virtual void LoadState(object? state)
    {
    }
}
