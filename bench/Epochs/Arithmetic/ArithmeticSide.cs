using System.Diagnostics;
using Bench.Measurement;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Epochs.Arithmetic;

/// <summary>
/// The time of libtorch's kernels for the products and convolutions of an epoch, forward and backward, on fixed tensors: without other operators,
/// data loading or the optimizer. An epoch of this library can take less time, because the project has its own kernels for products.
/// </summary>
internal static class ArithmeticSide
{
    public const string Command = "epoch-side-arithmetic";

    private const int Images = 60_000;

    // enough steps for a stable clock rate, warm caches and libtorch's selection of algorithms
    private const int Steps = 40;

    public static IEnumerable<Sample> Measure(EpochSetup setup, Device device)
    {
        using var network = PlainTorchSharp.PlainNetworks.Create(setup.Seed).to(device);
        var layers = Layers(network, zeros([setup.BatchSize, 1, 28, 28], device: device));
        var fastest = TimeSpan.MaxValue;
        for (var round = 0; round < 4; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var step = 0; step < Steps; step++)
            {
                foreach (var (layer, input, gradient) in layers)
                    Pass(layer, input, gradient);
            }
            var elapsed = Stopwatch.GetElapsedTime(start);
            fastest = elapsed < fastest ? elapsed : fastest;
        }
        yield return new Sample("train_s", fastest.TotalSeconds / Steps * Images / setup.BatchSize);
    }

    private static void Pass(nn.Module<Tensor, Tensor> layer, Tensor input, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        layer.call(input).backward([gradient]);
        foreach (var parameter in layer.parameters())
            parameter.grad = null;
        if (input.requires_grad)
            input.grad = null;
    }

    /// <summary>
    /// Returns the layers with products, each with an input and a gradient of its output. The first layer needs no gradient of its input.
    /// </summary>
    private static List<(nn.Module<Tensor, Tensor> Layer, Tensor Input, Tensor Gradient)> Layers(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        List<(nn.Module<Tensor, Tensor>, Tensor, Tensor)> layers = [];
        using var untracked = no_grad();
        var x = images;
        foreach (var layer in network.children().Cast<nn.Module<Tensor, Tensor>>())
        {
            var y = layer.call(x);
            if (layer is Linear or Conv2d)
                layers.Add((layer, randn_like(x).requires_grad_(layers.Count > 0), randn_like(y)));
            x = y;
        }
        return layers;
    }
}
