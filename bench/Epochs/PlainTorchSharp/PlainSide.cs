using System.Diagnostics;
using System.Globalization;
using Bench.Measurement;
using TorchSharp;
using static TorchSharp.torch;

namespace Bench.Epochs.PlainTorchSharp;

/// <summary>
/// Plain TorchSharp as in its documentation, in a process that loads no library of this project: its data set and loader, its modules and optimizers,
/// and a dispose scope per batch.
/// </summary>
internal static class PlainSide
{
    public const string Command = "epoch-side-torchsharp";

    /// <summary>
    /// Prints the measurements. The program calls this method first, because its other commands load the libraries of this project.
    /// </summary>
    /// <param name="arguments">The number of the tutorial, the device, the random seed and the folder of the data sets.</param>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var tutorial = arguments[0];
        var setup = EpochSetup.All.Single(setup => setup.Seed == tutorial);
        foreach (var sample in Measure(setup, arguments[3], long.Parse(arguments[2], CultureInfo.InvariantCulture), device(arguments[1])))
            Console.WriteLine(sample);
        return 0;
    }

    /// <summary>Measures an epoch of training.</summary>
    /// <param name="setup">The setup.</param>
    /// <param name="root">The folder of the data sets, in the layout of TorchSharp's <c>torchvision.datasets</c>.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="device">The device to train on.</param>
    private static IEnumerable<Sample> Measure(EpochSetup setup, string root, long seed, Device device)
    {
        // TorchExtras sets the imager at its start, with its kernels and settings
        if (torchvision.io.DefaultImager is not torchvision.io.NotImplementedImager)
            throw new InvalidOperationException("TorchExtras has started, so this process would not measure TorchSharp alone.");
        var transform = setup.IsNormalized ? torchvision.transforms.Normalize([0.1307], [0.3081]) : null;
        if (setup.Seed == "000")
            transform = torchvision.transforms.Normalize([0.2860], [0.3205]);
        using var training = Images(setup, root, train: true, transform);
        using var test = Images(setup, root, train: false, transform);
        using var loader = utils.data.DataLoader(training, setup.BatchSize, setup.Shuffle, device);
        using var testLoader = utils.data.DataLoader(test, setup.BatchSize, false, device);
        random.manual_seed(seed);
        using var network = PlainNetworks.Create(setup.Seed).to(device);
        using var optimizer = setup.Optimizer(network.parameters());
        network.train();
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in loader)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var output = network.call(batch["data"]);
            var loss = nn.functional.cross_entropy(output, batch["label"]);
            loss.backward();
            optimizer.step();
        }
        yield return new Sample("train_s", Stopwatch.GetElapsedTime(start).TotalSeconds);
        network.eval();
        start = Stopwatch.GetTimestamp();
        var correct = 0L;
        using (no_grad())
        {
            foreach (var batch in testLoader)
            {
                using var scope = NewDisposeScope();
                correct += network.call(batch["data"]).argmax(1).eq(batch["label"]).sum().ToInt64();
            }
        }
        yield return new Sample("evaluate_s", Stopwatch.GetElapsedTime(start).TotalSeconds);
        yield return new Sample("accuracy", (double)correct / test.Count);
        yield return new Sample("peak_mb", EpochSide.PeakMegabytes());
    }

    private static utils.data.Dataset Images(EpochSetup setup, string root, bool train, torchvision.ITransform? transform) => setup.Fashion
        ? torchvision.datasets.FashionMNIST(root, train, target_transform: transform)
        : torchvision.datasets.MNIST(root, train, target_transform: transform);
}
