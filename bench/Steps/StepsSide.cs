using Bench.Measurement;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Steps;

/// <summary>Measures a training step (forward, loss, backward, update) of the tutorials' networks. pytorch/steps.py measures the same.</summary>
internal static class StepsSide
{
    public static IEnumerable<Sample> Measure()
    {
        using (var model = DeepNetwork(10))
            yield return Step("000: 10 linear layers, batch 16, SGD", model, optim.SGD(model.parameters(), 0.001, momentum: 0.9), [16, 1, 28, 28], calls: 200);
        using (var model = ConvolutionalNetwork())
            yield return Step("003: two convolutions, batch 64, AdamW", model, optim.AdamW(model.parameters(), 0.001, weight_decay: 0.0001), [64, 1, 28, 28], calls: 10);
    }

    /// <summary>
    /// The network of tutorial 000 as in its code: because of the repeated name "relu", all activations after the first are one layer.
    /// </summary>
    private static Sequential DeepNetwork(int depth)
    {
        List<(string, Module<Tensor, Tensor>)> layers =
            [("flatten", Flatten()), ("0", Linear(784, 100)), ("1", ReLU()), ("Linear_1", Linear(100, 100)), ("relu", ReLU())];
        for (var i = 2; i < depth; i++)
            layers.Add(($"Linear_{i}", Linear(100, 100)));
        layers.Add(("Output Layer", Linear(100, 10)));
        return Sequential(layers);
    }

    private static Sequential ConvolutionalNetwork() => Sequential(
        Conv2d(1, 32, 3, padding: 1), ReLU(inplace: true), MaxPool2d(2),
        Conv2d(32, 64, 3, padding: 1), ReLU(inplace: true), MaxPool2d(2),
        Flatten(),
        Linear(64 * 7 * 7, 128), ReLU(inplace: true), Dropout(0.5), Linear(128, 10));

    private static Sample Step(string name, Module<Tensor, Tensor> model, optim.Optimizer optimizer, long[] shape, int calls)
    {
        using var images = randn(shape);
        using var labels = randint(0, 10, [shape[0]], int64);
        using var loss = CrossEntropyLoss();
        model.train();
        var time = Repeated.Microseconds(
            () =>
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                using var output = loss.forward(model.forward(images), labels);
                output.backward();
                optimizer.step();
            },
            calls);
        optimizer.Dispose();
        return new Sample(name, time);
    }
}
