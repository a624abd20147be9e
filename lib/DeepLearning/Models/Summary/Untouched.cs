using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>Puts a model into evaluation mode without gradients, and restores what a call may change: modes, buffers and the random stream.</summary>
internal sealed class Untouched : IDisposable
{
    private readonly ModuleModes _modes;
    private readonly List<(Tensor Buffer, Tensor Copy)> _buffers;
    private readonly Tensor _random;
    private readonly IDisposable _untracked;

    public Untouched(nn.Module model)
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
            // written only if it differs: a pending backward pass would treat any writing as a change
            if (!buffer.allclose(copy, 0, 0, equal_nan: true))
                buffer.copy_(copy);
            copy.Dispose();
        }
        random.set_rng_state(_random);
        _random.Dispose();
        _untracked.Dispose();
    }
}
