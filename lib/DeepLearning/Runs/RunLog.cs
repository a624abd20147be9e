using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>
/// Writes a run for TensorBoard, as the RunManager of tutorial 000 does: images and the network's graph at the start, curves and histograms
/// after each epoch; and, which the tutorial does not, the run's row in the table of hyperparameters at the end.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private const int MaxImages = 64;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly SummaryWriter _writer;
    private EpochResult? _last;

    public RunLog(string folder, nn.Module<Tensor, Tensor> network, BatchLoader loader)
    {
        _network = network;
        _writer = new SummaryWriter(folder);
        WriteImagesAndGraph(loader);
    }

    /// <summary>Writes the row of the table of hyperparameters into a run's folder, beside its curves.</summary>
    public static void WriteSettings(string folder, Run settings, Scores training, Scores? test)
    {
        using var writer = new SummaryWriter(folder);
        WriteSettings(writer, settings, training, test);
    }

    public void Write(EpochResult epoch)
    {
        _last = epoch;
        foreach (var name in epoch.Training.Names)
            _writer.add_scalar(TensorBoardTags.Score("training", name), (float)epoch.Training[name], epoch.Epoch);
        foreach (var name in epoch.Test?.Names ?? [])
            _writer.add_scalar(TensorBoardTags.Score("test", name), (float)epoch.Test![name], epoch.Epoch);
        foreach (var (name, parameter) in _network.named_parameters())
        {
            _writer.add_histogram(TensorBoardTags.Weights(name), parameter, epoch.Epoch);
            using var gradient = parameter.grad;
            if (gradient is not null)
                _writer.add_histogram(TensorBoardTags.Gradients(name), gradient, epoch.Epoch);
        }
        _writer.flush();
    }

    public void Dispose()
    {
        if (_last is not null)
            WriteSettings(_writer, _last.Settings, _last.Training, _last.Test);
        _writer.Dispose();
    }

    private static void WriteSettings(SummaryWriter writer, Run settings, Scores training, Scores? test)
    {
        var scores = training.Names.ToDictionary(TensorBoardTags.Final, name => (float)training[name]);
        foreach (var name in test?.Names ?? [])
            scores.Add(TensorBoardTags.Final($"test {name}"), (float)test![name]);
        // in the run's own folder, so that it is one run with its curves
        writer.add_hparams(settings.Names.Zip(settings.Values).ToDictionary(), scores, run_name: ".");
    }

    // the random state is restored, so that the training gives the same results with and without this log
    private void WriteImagesAndGraph(BatchLoader loader)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var state = random.get_rng_state();
        foreach (var (images, _) in loader.Epoch().Take(1))
        {
            using var shown = images.narrow(0, 0, Math.Min(MaxImages, images.shape[0]));
            _writer.add_image(TensorBoardTags.Images, TorchSharp.torchvision.utils.make_grid(shown, normalize: true), 0);
            _writer.add_graph(_network, images);
        }
        random.set_rng_state(state);
    }
}
