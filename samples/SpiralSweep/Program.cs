using System.Globalization;
using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Runs;
using DeepLearning.Tables;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- EPOCHS [FOLDER]]: trains networks of several widths and learning rates, then loads and draws the best one
var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 40;
var folder = args.Length > 1 ? args[1] : "runs";

manual_seed(1);
var (points, labels) = Spirals(900);
var (validationPoints, validationLabels) = Spirals(300);
var (testPoints, testLabels) = Spirals(300);

var runs =
    from width in new[] { 8, 32 }
    from rate in new[] { 0.001, 0.01, 0.03 }
    select new Settings(width, rate);
var result = Sweep.Train(runs, (run, seed) => new RunSetup(
    Network(run.Width),
    new TensorBatches(points, labels, batchSize: 50, shuffle: true),
    new TensorBatches(validationPoints, validationLabels),
    new TrainerOptions { Epochs = epochs, Optimizer = parameters => optim.Adam(parameters, run.Rate) }),
    new SweepOptions { Folder = folder, Pruning = new MedianPruning { StartupRuns = 3, WarmUpEpochs = 5 } });
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

static nn.Module<Tensor, Tensor> Network(int width) =>
    nn.Sequential(nn.Linear(2, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 3));

// three interleaved spirals: points [N, 2], and the spiral of each point [N]
static (Tensor Points, Tensor Labels) Spirals(int count)
{
    var label = randint(0, 3, [count], ScalarType.Int64);
    var radius = rand(count).sqrt();
    var angle = (radius * 4) + (label * (2 * Math.PI / 3));
    return (stack([angle.cos() * radius, angle.sin() * radius], 1) + (0.02 * randn(count, 2)), label);
}

internal sealed record Settings(int Width, double Rate);
