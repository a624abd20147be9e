using DeepLearning.Data;
using DeepLearning.Training;
using static TorchSharp.torch;
using SummaryWriter = TorchSharp.Modules.SummaryWriter;

namespace DeepLearning.Runs;

internal sealed partial class RunLog
{
    private const int MostImages = 64;

    /// <summary>Writes a run's line into its folder, beside its curves.</summary>
    public static void WriteSettings(string folder, Run settings, Scores training, Scores? test)
    {
        using var writer = utils.tensorboard.SummaryWriter(folder);
        WriteSettings(writer, settings, training, test);
    }

    static partial void WriteSettings(SummaryWriter writer, Run settings, Scores training, Scores? test)
    {
        var scores = training.Names.ToDictionary(name => $"final/{name}", name => (float)training[name]);
        foreach (var name in test?.Names ?? [])
            scores.Add($"final/test {name}", (float)test![name]);
        // in the run's own folder, so that it is one run with its curves
        writer.add_hparams(settings.Names.Zip(settings.Values).ToDictionary(), scores, run_name: ".");
    }

    // takes nothing from the random stream and leaves running statistics alone: training comes out as if it had not looked
    partial void Show(DataLoader loader)
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

    partial void Flush() => _writer.flush();

    partial void Close() => _writer.Dispose();
}
