using System.Globalization;
using System.Text.Json;
using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Runs;
using DeepLearning.Tables;
using DeepLearning.TensorBoard;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Tables;

/// <summary>The input and output of the library are the same in every culture: each text is compared with that of the invariant culture.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cultures => CultureScope.Names;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Tables_are_written_read_and_shown(string culture) => Same(culture, () =>
    {
        var table = new DataFrame(
            new DoubleDataFrameColumn("loss", [1.5, -0.25, 1e-9]), new SingleDataFrameColumn("rate", [0.1f, -2f, 1234567.5f]),
            new DecimalDataFrameColumn("lr", [0.1m, -1.5m, 3m]), new Int32DataFrameColumn("number", [-1, 1000000, 3]),
            new DateTimeDataFrameColumn("day", [new DateTime(2026, 1, 31), new DateTime(2026, 2, 1, 12, 30, 0), new DateTime(2026, 12, 31)]));
        Csv.Save(table, _folder["table.csv"]);
        var written = File.ReadAllText(_folder["table.csv"]);
        var read = Csv.Load(_folder["table.csv"]);
        Assert.Equal([1.5, -0.25, 1e-9], read.Rows.Select(row => (double)row["loss"]!));
        Assert.Equal([-1L, 1000000L, 3L], read.Rows.Select(row => (long)row["number"]!));
        Assert.Equal(new DateTime(2026, 1, 31), read["day"][0]);
        return [written, read.ToText(), read.ToHtml(), .. read.Columns.Select(column => column.DataType.Name)];
    });

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Tables_of_numbers_are_read_as_tensors(string culture) => Same(culture, () =>
    {
        File.WriteAllText(_folder["data.csv"], "x,y\n1.5,0\n-2.25,1\n");
        var data = TableData.Load(_folder["data.csv"]);
        using var generated = File.OpenRead(Generated());
        return [string.Join(' ', data.X.data<float>().ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture))), HashOf(generated)];
    });

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Charts_are_drawn(string culture) => Same(culture, () =>
    {
        double[] x = [-1.5, 0, 2.5], y = [0.00012, -1234567.5, 0.5];
        Figure[] figures =
        [
            Chart.Line(x, y, "line", "x", "y"),
            Chart.Line("percent", new Axis("x"), new Axis("y") { Format = AxisFormat.Percent }, new Scatter("a", x, [-0.5, 0.123, 1])),
            Chart.Line("logarithmic", new Axis("x"), new Axis("y") { IsLogarithmic = true }, new Scatter("a", [1, 2], [1e-7, 0.5])),
            Chart.Bar(["a", "b"], [-1.25, 0.5]),
            Chart.Histogram(y),
            Chart.Contour((a, b) => a * b, (-1.5, 1.5), (-1.5, 1.5)),
            Chart.ConfusionMatrix(ConfusionMatrix.Of([0, 1, 1], [0, 1, 0], ["a", "b"]), Normalization.Actual),
            Chart.Roc(BinaryCurves.Roc([false, true, true], [0.1, 0.4, 0.35])),
            Chart.PrecisionRecall(BinaryCurves.PrecisionRecall([false, true, true], [0.1, 0.4, 0.35])),
            Chart.LearningRate([0.1, 0.01, 0.001], logarithmic: true),
            Chart.LearningCurves([new LearningCurve("run", [1.5, 0.5], [1.25, 0.75], [0.5, 0.75], [0.25, 0.5])]),
        ];
        return [.. figures.SelectMany(figure => (string[])[figure.ToJson(), figure.ToSvg(), figure.ToHtml(), figure.ToString()])];
    });

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Settings_are_sorted_by_their_numbers(string culture) => Same(culture, () =>
    {
        var table = new DataFrame(
            new DoubleDataFrameColumn("lr", [0.1, 1e-05, 0.001, 10]), new StringDataFrameColumn("text", ["0.5", "10", "-1.5", "9"]),
            new DoubleDataFrameColumn("loss", [1.5, 2.5, 0.5, 3.5]));
        var lines = (ParallelCoordinates)Chart.ParallelCoordinates(table, "loss", "lr", "text").Data[0];
        Assert.Equal(["1E-05", "0.001", "0.1", "10"], lines.Dimensions[0].Labels);
        Assert.Equal(["-1.5", "0.5", "9", "10"], lines.Dimensions[1].Labels);
        return [Chart.SettingAgainstMetric(table, "lr", "loss").ToJson(), Chart.ParallelCoordinates(table, "loss", "lr", "text").ToSvg()];
    });

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Training_and_sweeps_are_logged_and_resumed(string culture) => Same(culture, () =>
    {
        var folder = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        manual_seed(1);
        using var points = randn(40, 2);
        using var classes = points.sum(1).gt(0).to(int64);
        var setups = 0;
        SweepResult Train() => Sweep.Train([new Setting(0.05, -0.5m)], (run, _) =>
        {
            setups++;
            return new RunSetup(
                nn.Sequential(nn.Linear(2, 2)), new TensorBatches(points, classes, 8), new TensorBatches(points, classes), new TrainerOptions
                {
                    Epochs = 2,
                    Optimizer = weights => optim.SGD(weights, run.Lr),
                    Callbacks = [new CsvLogger(Path.Combine(folder, "log.csv")), new JsonLogger(Path.Combine(folder, "log.json"))],
                });
        }, new SweepOptions { Folder = Path.Combine(folder, "runs"), CodeVersion = "1", Report = _ => { } });
        var result = Train();
        Assert.Equal(1, setups);
        Train();
        Assert.Equal(1, setups);
        var board = Board.Read(Path.Combine(folder, "runs"));
        Assert.Equal(0.05, board.Runs[0].Settings["Lr"]);
        var log = Csv.Load(Path.Combine(folder, "log.csv"));
        Assert.Equal(result.Runs[0].Epochs[1].Training.Loss, log["loss"][1]);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "log.json")));
        return
        [
            result.Runs[0].Settings.ToString(), Path.GetFileName(result.Runs[0].Folder), result.Runs[0].Last!.Training.ToString(),
            string.Join('\n', result.Leaderboard().Columns.Where(column => !column.Name.Contains("duration", StringComparison.Ordinal)).Select(column => Convert.ToString(column[0], CultureInfo.InvariantCulture))),
            board.Runs[0].Scalars["training/loss"][0].Value.ToString("R", CultureInfo.InvariantCulture),
            json.RootElement[0].GetProperty("training").ToString(),
        ];
    });

    private static string HashOf(Stream stream) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream));

    private string Generated()
    {
        var path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.csv");
        DataCsv.Load(path, report: _ => { });
        return path;
    }

    private static void Same(string culture, Func<string[]> write)
    {
        var expected = write();
        using var scope = new CultureScope(culture);
        Assert.Equal(expected, write());
    }

    private sealed record Setting(double Lr, decimal Momentum);
}
