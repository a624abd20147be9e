using DeepLearning.Data;
using DeepLearning.Runs;
using DeepLearning.Tables;
using DeepLearning.Training;
using Plotly.NET;
using Plotly.NET.CSharp;
using static TorchSharp.torch;
using Chart = Plotly.NET.CSharp.Chart;

// A sweep with a custom Plotly.NET chart of its results. dotnet run [-- EPOCHS]
var epochs = args.Length > 0 ? int.Parse(args[0]) : 20;

// points in a plane: is a point inside the circle of radius 1?
manual_seed(1);
using var points = randn(1_200, 2);
using var labels = points.square().sum(dim: 1).lt(1).to(int64);
var (train, validation) = (points[..1_000], points[1_000..]);
var (trainLabels, validationLabels) = (labels[..1_000], labels[1_000..]);

var runs = RunBuilder.GetRuns(each => new Setting(Lr: each.Of(0.1, 0.01, 0.001), Width: each.Of(4, 16)));
var result = Sweep.Train(
    runs,
    (run, seed) => new RunSetup(
        nn.Sequential(nn.Linear(2, run.Width), nn.ReLU(), nn.Linear(run.Width, 2)),
        new TensorBatches(train, trainLabels, 50, shuffle: true),
        new TensorBatches(validation, validationLabels),
        new TrainerOptions { Epochs = epochs, Optimizer = weights => optim.Adam(weights, run.Lr) }),
    new SweepOptions { Folder = "runs", CodeVersion = $"{epochs} epochs", Report = _ => { } });
Console.WriteLine(result.Leaderboard().ToText());

// each row of the table is a run: a line for each width against the learning rate
var lines = result.Summary().Rows
    .GroupBy(row => (int)row["Width"])
    .Select(width => Chart.Line<double, double, string>(
        x: width.Select(row => (double)row["Lr"]),
        y: width.Select(row => (double)row["validation accuracy"]),
        ShowMarkers: true,
        Name: $"width {width.Key}"));
var chart = Chart.Combine(lines)
    .WithXAxisStyle<double, double, string>(TitleText: "learning rate", AxisType: StyleParam.AxisType.Log)
    .WithYAxisStyle<double, double, string>(TitleText: "validation accuracy");
chart.SaveHtml("results.html");

// a figure of the library is also a Plotly.NET chart, which can be changed
result.LearningCurves().Chart.WithSize(Width: 1_000, Height: 500).SaveHtml("curves.html");

using var best = result.LoadBestModel();
Console.WriteLine($"best: {result.Best().Settings}, {Evaluator.Measure(best, new TensorBatches(validation, validationLabels))}");

internal sealed record Setting(double Lr, int Width);
