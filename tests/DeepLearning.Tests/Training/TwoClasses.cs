using DeepLearning.Data;
using DeepLearning.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

/// <summary>A small problem: 50 points in the plane, in two linearly separable classes.</summary>
internal sealed class TwoClasses : IDisposable
{
    private readonly Tensor _points;
    private readonly Tensor _classes;

    public TwoClasses()
    {
        manual_seed(1);
        _points = randn(50, 2);
        _classes = _points.sum(1).gt(0).to(int64);
    }

    public TensorBatches Batches(int? batchSize = 8, bool shuffle = false) => new(_points, _classes, batchSize, shuffle);

    /// <summary>A model with the same weights in each call.</summary>
    public static Sequential Network(double dropout = 0)
    {
        manual_seed(2);
        return Sequential(Linear(2, 8), ReLU(), Dropout(dropout), Linear(8, 2));
    }

    public static TrainerOptions Options { get; } = new() { Optimizer = parameters => optim.SGD(parameters, 0.1, momentum: 0.9) };

    public static float[] Weights(Module network) => [.. network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];

    public void Dispose()
    {
        _points.Dispose();
        _classes.Dispose();
    }
}
