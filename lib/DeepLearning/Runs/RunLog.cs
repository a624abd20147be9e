using DeepLearning.Data;
using DeepLearning.Training;
using static TorchSharp.torch;
using SummaryWriter = TorchSharp.Modules.SummaryWriter;

namespace DeepLearning.Runs;

/// <summary>
/// What the seed's RunManager writes of a run for TensorBoard: images and the network's graph at its start, curves and histograms after each
/// epoch; and at its end, which the seed does not, its line in the table of runs.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private const int MostImages = 64;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly SummaryWriter _writer;
    private EpochResult? _last;

    public RunLog(string folder, nn.Module<Tensor, Tensor> network, DataLoader loader)
    {
        _network = network;
        _writer = utils.tensorboard.SummaryWriter(folder);
        Show(loader);
    }

    /// <summary>The line of TensorBoard's table of runs: settings, and the scores of the last epoch.</summary>
    public static void WriteSettings(SummaryWriter writer, Run settings, Scores training, Scores? test)
    {
        var scores = training.Names.ToDictionary(name => $"final/{name}", name => (float)training[name]);
        foreach (var name in test?.Names ?? [])
            scores.Add($"final/test {name}", (float)test![name]);
        // in the run's own folder, so that it is one run with its curves
        writer.add_hparams(settings.Names.Zip(settings.Values).ToDictionary(), scores, run_name: ".");
    }

    public void Write(EpochResult epoch)
    {
        _last = epoch;
        foreach (var name in epoch.Training.Names)
            _writer.add_scalar(name, (float)epoch.Training[name], epoch.Epoch);
        foreach (var name in epoch.Test?.Names ?? [])
            _writer.add_scalar($"test {name}", (float)epoch.Test![name], epoch.Epoch);
        foreach (var (name, parameter) in _network.named_parameters())
        {
            _writer.add_histogram(name, parameter, epoch.Epoch);
            using var gradient = parameter.grad;
            if (gradient is not null)
                _writer.add_histogram($"{name}.grad", gradient, epoch.Epoch);
        }
        _writer.flush();
    }

    public void Dispose()
    {
        if (_last is not null)
            WriteSettings(_writer, _last.Settings, _last.Training, _last.Test);
        _writer.Dispose();
    }

    // takes nothing from the random stream and leaves running statistics alone: training comes out as if it had not looked
    private void Show(DataLoader loader)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (state, wasTraining) = (random.get_rng_state(), _network.training);
        _network.eval();
        foreach (var (images, _) in loader.Epoch().Take(1))
        {
            using var shown = images.narrow(0, 0, Math.Min(MostImages, images.shape[0]));
            _writer.add_image("images", TorchSharp.torchvision.utils.make_grid(shown, normalize: true), 0);
            _writer.add_graph(_network, images);
        }
        _network.train(wasTraining);
        random.set_rng_state(state);
    }
}
