using DeepLearning.Data;
using DeepLearning.Training;
using static TorchSharp.torch;
using SummaryWriter = TorchSharp.Modules.SummaryWriter;

namespace DeepLearning.Runs;

/// <summary>
/// What the seed's RunManager writes of a run for TensorBoard: images and the network's graph at its start, curves and histograms after each
/// epoch; and at its end, which the seed does not, its line in the table of runs.
/// </summary>
internal sealed partial class RunLog : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly SummaryWriter _writer;
    private EpochResult? _last;

    public RunLog(string folder, nn.Module<Tensor, Tensor> network, DataLoader loader)
    {
        _network = network;
        _writer = utils.tensorboard.SummaryWriter(folder);
        Show(loader);
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
        Flush();
    }

    public void Dispose()
    {
        if (_last is not null)
            WriteSettings(_writer, _last.Settings, _last.Training, _last.Test);
        Close();
    }

    /// <summary>The line of TensorBoard's table of runs: settings, and the scores of the last epoch.</summary>
    static partial void WriteSettings(SummaryWriter writer, Run settings, Scores training, Scores? test);

    partial void Show(DataLoader loader);

    partial void Flush();

    partial void Close();
}
