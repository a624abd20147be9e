using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

/// <summary>An average of a model's parameters. It does not include buffers, such as the running statistics of a batch norm.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly List<Tensor> _averages = [];

    /// <summary>Initializes the average with the parameters.</summary>
    public void Start(nn.Module model)
    {
        Dispose();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        _averages.AddRange(model.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope()));
    }

    /// <summary>Updates the average: average + (parameter − average) · weight.</summary>
    public void Add(nn.Module model, double weight)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using Scalar kept = 1 - weight; // kept alive during the calls, because TorchSharp does not keep them alive
        using Scalar added = weight;
        foreach (var (average, parameter) in _averages.Zip(model.parameters()))
            average.mul_(kept).add_(parameter, alpha: added);
    }

    /// <summary>Swaps the average and the parameters.</summary>
    public void Swap(nn.Module model)
    {
        using var untracked = no_grad();
        foreach (var (average, parameter) in _averages.Zip(model.parameters()))
        {
            using var scope = NewDisposeScope();
            var trained = parameter.detach().clone();
            parameter.copy_(average);
            average.copy_(trained);
        }
    }

    public object Save() => _averages.Cast<object?>().ToList();

    public void Load(object? state)
    {
        using var untracked = no_grad();
        foreach (var (average, saved) in _averages.Zip(((List<object?>)state!).Cast<Tensor>()))
            average.copy_(saved);
    }

    public void Dispose()
    {
        _averages.ForEach(average => average.Dispose());
        _averages.Clear();
    }
}
