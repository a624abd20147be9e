using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Sets a model to evaluation mode without gradients, and restores the state that a call may change: modes, buffers and the random state.
/// </summary>
internal sealed class ModelSnapshot : IDisposable
{
    private readonly ModuleModes _modes;
    private readonly List<(Tensor Buffer, Tensor Copy)> _buffers;
    private readonly Tensor _random;
    private readonly IDisposable _untracked;

    public ModelSnapshot(nn.Module model)
    {
        _buffers = [.. model.buffers().Select(buffer => (buffer, buffer.detach().clone()))];
        _random = random.get_rng_state();
        _untracked = no_grad();
        _modes = ModuleModes.Evaluation(model);
    }

    public void Dispose()
    {
        _modes.Dispose();
        foreach (var (buffer, copy) in _buffers)
        {
            // written only if it differs, because a pending backward pass treats any write as a change
            if (!buffer.allclose(copy, 0, 0, equal_nan: true))
                buffer.copy_(copy);
            copy.Dispose();
        }
        random.set_rng_state(_random);
        _random.Dispose();
        _untracked.Dispose();
    }
}
