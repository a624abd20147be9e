using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>
/// Writes a run of a <see cref="RunManager"/> for TensorBoard: images and the model's graph at the start, curves and histograms after each epoch, as
/// in the RunManager of tutorial 000, and a row in the table of hyperparameters at the end. The tags are those of <see cref="TensorBoardTags"/>.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private const int MaxImages = 64;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly SummaryWriter _writer;
    private (Run Settings, EpochRecord Epoch)? _last;

    public RunLog(string folder, nn.Module<Tensor, Tensor> network, BatchLoader loader)
    {
        _network = network;
        _writer = new SummaryWriter(folder);
        WriteImagesAndGraph(loader);
    }

    /// <summary>Writes a row of the table of hyperparameters to the folder of a run, next to its curves.</summary>
    public static void WriteSettings(string folder, Run settings, EpochRecord epoch)
    {
        using var writer = new SummaryWriter(folder);
        WriteSettings(writer, settings, epoch);
    }

    public void Write(Run settings, EpochRecord epoch)
    {
        _last = (settings, epoch);
        foreach (var name in epoch.Training.Names)
            _writer.add_scalar(TensorBoardTags.Score("training", name), (float)epoch.Training[name], (int)epoch.Step);
        foreach (var name in epoch.Validation?.Names ?? [])
            _writer.add_scalar(TensorBoardTags.Score("validation", name), (float)epoch.Validation![name], (int)epoch.Step);
        foreach (var (name, parameter) in _network.named_parameters())
        {
            _writer.add_histogram(TensorBoardTags.Weights(name), parameter, (int)epoch.Step);
            using var gradient = parameter.grad;
            if (gradient is not null)
                _writer.add_histogram(TensorBoardTags.Gradients(name), gradient, (int)epoch.Step);
        }
        _writer.flush();
    }

    public void Dispose()
    {
        if (_last is { } last)
            WriteSettings(_writer, last.Settings, last.Epoch);
        _writer.Dispose();
    }

    private static void WriteSettings(SummaryWriter writer, Run settings, EpochRecord epoch)
    {
        var scores = new RunResult(0, settings, [epoch]).LastScores().ToDictionary(score => TensorBoardTags.Final(score.Key), score => (float)score.Value);
        var values = settings.Settings().ToDictionary(setting => setting.Key, setting => IsPlain(setting.Value) ? setting.Value! : Run.Text(setting.Value));
        // in the folder of the run, so that TensorBoard shows one run with its curves
        writer.add_hparams(values, scores, run_name: ".");
    }

    // other values are texts in the table of hyperparameters
    private static bool IsPlain(object? value) => value is string or bool or decimal || (value?.GetType().IsPrimitive == true && value is not char);

    // the random state is restored, so training gives the same results with and without this log
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
