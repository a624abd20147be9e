using System.Globalization;
using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Runs;
using DeepLearning.Tables;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- EPOCHS [FOLDER]]: trains several networks in two processes, then loads and draws the best one.
// The second process is this program with one more argument, "worker".
var isWorker = args is [.., "worker"];
var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 40;
var folder = args.Length > 1 ? args[1] : "runs";

manual_seed(1);
var (points, labels) = Spirals(900);
var (validationPoints, validationLabels) = Spirals(300);
var (testPoints, testLabels) = Spirals(300);

var runs =
    from widths in new int[][] { [16], [32, 32] }
    from rate in new[] { 0.003, 0.03 }
    from dropout in new double?[] { null, 0.1 }
    select new Settings(widths, rate, dropout);
var options = new SweepOptions { Folder = folder, Pruning = new MedianPruning { StartupRuns = 3, WarmUpEpochs = 5 } };
if (isWorker)
{
    // trains the runs that no other process has claimed, and ends early if the first process ends
    Sweep.Train(runs, Setup, options with { Report = _ => { } }, SweepWorkers.EndOfStarter());
    return;
}
using var workers = SweepWorkers.Start(1, $"{epochs}", folder, "worker");
var result = Sweep.Train(runs, Setup, options);
Console.WriteLine(result);
Console.WriteLine(result.Leaderboard().ToText());

// the model with the best validation accuracy, from its checkpoint; the test points are used only here
using var best = result.LoadBestModel();
var correct = Predict.Classes(best, testPoints).eq(testLabels).to(ScalarType.Float32).mean().item<float>();
Console.WriteLine($"best: {result.Best().Settings}");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {correct:0.000}"));

var picture = Path.Combine(folder, "best.html");
File.WriteAllText(picture, Chart.DecisionRegions(best, testPoints, testLabels).ToHtml());
Console.WriteLine($"decision regions: {picture}");

RunSetup Setup(Settings run, long seed) => new(
    Network(run),
    new TensorBatches(points, labels, batchSize: 50, shuffle: true),
    new TensorBatches(validationPoints, validationLabels),
    new TrainerOptions { Epochs = epochs, Optimizer = parameters => optim.Adam(parameters, run.Rate) });

static nn.Module<Tensor, Tensor> Network(Settings run)
{
    List<nn.Module<Tensor, Tensor>> layers = [];
    var inputs = 2;
    foreach (var width in run.Widths)
    {
        layers.AddRange([nn.Linear(inputs, width), nn.ReLU()]);
        if (run.Dropout is { } dropout)
            layers.Add(nn.Dropout(dropout));
        inputs = width;
    }
    layers.Add(nn.Linear(inputs, 3));
    return nn.Sequential(layers);
}

// three interleaved spirals: points [N, 2], and the spiral of each point [N]
static (Tensor Points, Tensor Labels) Spirals(int count)
{
    var label = randint(0, 3, [count], ScalarType.Int64);
    var radius = rand(count).sqrt();
    var angle = (radius * 4) + (label * (2 * Math.PI / 3));
    return (stack([angle.cos() * radius, angle.sin() * radius], 1) + (0.02 * randn(count, 2)), label);
}

// the hidden layers, and no dropout if it is null
internal sealed record Settings(int[] Widths, double Rate, double? Dropout);
