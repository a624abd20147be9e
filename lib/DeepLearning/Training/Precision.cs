using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>In which numbers a network computes while it is trained. This one is as the network is: single precision, unless it was moved.</summary>
public class Precision
{
    /// <summary>The network's own.</summary>
    public static Precision Full { get; } = new();

    /// <summary>Surrounds the forward pass and the loss.</summary>
    protected internal virtual IDisposable? Enter(Device device) => null;

    /// <summary>Adds the gradients of a loss.</summary>
    protected internal virtual void Backward(Tensor loss) => loss.backward();

    /// <summary>Makes the gradients comparable to those of full precision, before they are clipped.</summary>
    protected internal virtual void Unscale(optim.Optimizer optimizer)
    {
    }

    /// <summary>Changes the weights.</summary>
    protected internal virtual void Update(optim.Optimizer optimizer) => optimizer.step();

    /// <summary>What must be remembered when training is interrupted and goes on: null, numbers, texts, and lists and dictionaries of these.</summary>
    protected internal virtual object? SaveState() => null;

    /// <summary>Takes back what <see cref="SaveState"/> gave.</summary>
    protected internal virtual void LoadState(object? state)
    {
    }
}
