using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

/// <summary>
/// What a CUDA graph does, for the CPU: recording does nothing, and a replay does all work again, from and into the memory of the recording.
/// </summary>
internal sealed class RepeatedGraph(nn.Module network) : PassGraph
{
    private Func<Tensor?[]>? _work;
    private Tensor?[] _results = [];

    public int WarmUps { get; private set; }

    public int Captures { get; private set; }

    public int Replays { get; private set; }

    public bool IsDisposed { get; private set; }

    public override T WarmUp<T>(Func<T> work)
    {
        WarmUps++;
        return work();
    }

    public override Tensor?[] Capture(Func<Tensor?[]> work)
    {
        Captures++;
        using var random = torch.random.get_rng_state();
        _results = work();
        _work = work;
        torch.random.set_rng_state(random);
        foreach (var result in _results)
            result?.fill_(double.NaN);
        return _results;
    }

    public override void Replay()
    {
        Replays++;
        using var scope = NewDisposeScope();
        // which tensors are the parameters' gradients is for the host to say
        var gradients = network.parameters().Select(parameter => (parameter, parameter.grad)).ToList();
        network.zero_grad();
        using (enable_grad())
        {
            foreach (var (result, value) in _results.Zip(_work!()))
                result?.detach().copy_(value!.detach());
        }
        foreach (var (parameter, gradient) in gradients)
            parameter.grad = gradient;
    }

    public override void Dispose() => IsDisposed = true;
}
