using System.Globalization;
using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Runs;
using DeepLearning.Tables;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>Writes files of every kind in a culture of the machine, with its calendar and its digits, for comparison with another culture.</summary>
internal static class WrittenFiles
{
    /// <param name="culture">The name of the culture; "invariant" for the invariant one.</param>
    /// <param name="folder">The folder of the files.</param>
    public static void Write(string culture, string folder)
    {
        CultureInfo.CurrentCulture = culture == "invariant" ? CultureInfo.InvariantCulture : new CultureInfo(culture);
        // a date in the calendar of the culture shows that culture data is available
        Console.WriteLine(new DateTime(2026, 1, 31).ToString("d") + (-1.5).ToString());
        var time = new Still();
        WriteTables(folder);
        WriteTraining(folder, time);
        WriteSweep(folder, time);
        WriteRuns(folder, time);
        WriteFigures(folder);
    }

    private static void WriteTables(string folder)
    {
        var table = new DataFrame(
            new DoubleDataFrameColumn("loss", [1.5, -0.25, 1e-9]), new SingleDataFrameColumn("rate", [0.1f, -2f, 1234567.5f]),
            new DecimalDataFrameColumn("lr", [0.1m, -1.5m, 3m]), new Int32DataFrameColumn("number", [-1, 1000000, 3]),
            new DateTimeDataFrameColumn("day", [new DateTime(2026, 1, 31), new DateTime(2026, 2, 1, 12, 30, 0), new DateTime(2026, 12, 31)]));
        Csv.Save(table, Path.Combine(folder, "table.csv"));
        var read = Csv.Load(Path.Combine(folder, "table.csv"));
        File.WriteAllText(Path.Combine(folder, "table.txt"), table.ToText() + read.ToText() + read.ToHtml());
        var data = TableData.Of(new DataFrame(read.Columns.Where(column => column.Name != "day")), ["loss"]);
        File.WriteAllText(Path.Combine(folder, "table-data.txt"), $"{data} {string.Join(' ', data.X.data<float>().Select(value => BitConverter.SingleToUInt32Bits(value)))}");
        DataCsv.Load(Path.Combine(folder, "Data.csv"), report: line => File.WriteAllText(Path.Combine(folder, "report.txt"), Path.GetFileName(line)));
    }

    private static void WriteTraining(string folder, TimeProvider time)
    {
        manual_seed(1);
        using var points = randn(40, 2);
        using var classes = points.sum(1).gt(0).to(int64);
        using var model = Linear(2, 2);
        List<string> lines = [];
        var result = Trainer.Fit(model, new TensorBatches(points, classes, 8), new TensorBatches(points, classes), new TrainerOptions
        {
            Epochs = 2,
            Time = time,
            Metrics = [Metric.Accuracy, Metric.Mean("negative", (outputs, _) => outputs.sum() - 1000), Metric.Mean("undefined", (outputs, _) => outputs.sum() * double.NaN)],
            Callbacks =
            [
                new CsvLogger(Path.Combine(folder, "log.csv")), new JsonLogger(Path.Combine(folder, "log.json")),
                new ModelCheckpoint(Path.Combine(folder, "checkpoints")) { Keep = 1, EverySteps = 1 },
                new EarlyStopping { Monitor = new Objective("negative", true), MinDelta = 1e9, Patience = 1 },
                new Progress(line =>
                {
                    lines.Add($"{line}");
                    return next => lines.Add($"{next}");
                }),
            ],
        });
        File.WriteAllText(Path.Combine(folder, "training.txt"), $"{result}\n{result.History.Table().ToText()}\n{string.Join('\n', lines)}");
    }

    private static void WriteSweep(string folder, TimeProvider time)
    {
        using var points = ones(8, 2);
        using var classes = zeros(8, int64);
        var runs = Path.Combine(folder, "runs");
        var result = Sweep.Train(
            [new Setting(0.05, -0.5m, new DateOnly(2026, 1, 31), -7), new Setting(1e30, -0.5m, new DateOnly(2026, 12, 31), 7)],
            (run, _) => new RunSetup(
                Sequential(Linear(2, 2)), new TensorBatches(points, classes, 8), new TensorBatches(points, classes),
                new TrainerOptions { Epochs = 3, Time = time, Optimizer = weights => optim.SGD(weights, run.Lr) }),
            new SweepOptions { Folder = runs, CodeVersion = "1", Report = _ => { } });
        File.WriteAllText(Path.Combine(folder, "sweep.txt"), $"{result}\n{result.Leaderboard().ToText()}\n{result.Summary().ToText()}");
        foreach (var events in Directory.GetFiles(runs, "events.out.*", SearchOption.AllDirectories))
            File.Delete(events);
    }

    private static void WriteRuns(string folder, TimeProvider time)
    {
        var dataset = ImageDataset.Of("two", zeros(2, 4, 4, ScalarType.Byte), zeros(2, int64), ["a", "b"]);
        var manager = new RunManager(time);
        using var model = Sequential(Flatten(), Linear(16, 2));
        manager.BeginRun(Run.Of(new Setting(-0.1, 0.5m, new DateOnly(2026, 1, 31), -7)), model, new BatchLoader(dataset));
        manager.BeginEpoch();
        using var loss = tensor(0.125f);
        manager.TrackLoss(loss, 2);
        manager.EndEpoch();
        manager.EndRun();
        manager.Save(Path.Combine(folder, "results"));
        File.WriteAllText(Path.Combine(folder, "dataset.txt"), $"{dataset}\n{manager.Runs[0].Settings}");
    }

    private static void WriteFigures(string folder)
    {
        double[] x = [-1.5, 0, 2.5], y = [0.00012, -1234567.5, 0.5];
        Figure[] figures =
        [
            Chart.Line(x, y, "line", "x", "y"), Chart.Bar(["a", "b"], [-1.25, 0.5]), Chart.Histogram(y),
            Chart.ConfusionMatrix(ConfusionMatrix.Of([0, 1, 1], [0, 1, 0], ["a", "b"]), Normalization.Actual),
            Chart.LearningRate([0.1, 0.01, 0.001], logarithmic: true),
        ];
        File.WriteAllText(Path.Combine(folder, "figures.txt"), string.Join('\n', figures.Select(figure => figure.ToJson() + figure.ToSvg() + figure)));
    }

    private sealed record Setting(double Lr, decimal Momentum, DateOnly Day, int Offset);

    private sealed class Still : TimeProvider
    {
        private long _calls;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => 1500 * _calls++;
    }
}
