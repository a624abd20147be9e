using System.Globalization;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- CSV [EPOCHS]]: predicts which of three faults a machine has (several or none), from sensors with missing values
string[] faults = ["overheated", "leaking", "worn"];
var path = args.Length > 0 ? args[0] : "machines.csv";
var epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60;
if (!File.Exists(path))
{
    Console.WriteLine($"{path} does not exist: a table of machines is generated.");
    GenerateTable(path);
}

// empty cells and NaN are kept as NaN, and the type of a machine is one-hot encoded
var table = TableData.Load(path, new TableOptions { Targets = faults, Missing = MissingValues.Keep, Categories = Categories.OneHot });
Console.WriteLine(table);
var (train, validation, test) = table.Split([0.7, 0.15, 0.15], seed: 1);

// the filler and the scaler are fitted on the training rows
var filler = MissingValueFiller.Median(train.X);
var scaler = Scaler.Standard(filler.Apply(train.X));
TableData Prepared(TableData part) => scaler.Apply(filler.Apply(part));

manual_seed(1);
using var model = nn.Sequential(
    nn.Linear(table.InputNames.Count, 32), nn.ReLU(),
    nn.Linear(32, 16), nn.ReLU(),
    nn.Linear(16, faults.Length));
var f1 = Metric.F1(threshold: 0); // the outputs are logits: a logit above 0 is a probability above 0.5
var fit = Trainer.Fit(model, Prepared(train).Batches(batchSize: 32, shuffle: true), Prepared(validation).Batches(), new TrainerOptions
{
    Epochs = epochs,
    Loss = Losses.BinaryCrossEntropy(positiveWeight: 2), // faults are rare
    Optimizer = parameters => optim.AdamW(parameters, 3e-3),
    Metrics = [f1, Metric.BinaryAccuracy(threshold: 0)],
    Callbacks = [new EarlyStopping { Monitor = Objective.Of(f1), Patience = 10, RestoreBest = true }, new CsvLogger("epochs.csv")],
});
Console.WriteLine(fit);

var scores = Evaluator.Measure(model, Prepared(test).Batches(), new TrainerOptions { Loss = Losses.BinaryCrossEntropy(), Metrics = [f1] });
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test F1 {scores["f1"]:0.000}"));
var predicted = Predict.MultiLabels(model, Prepared(test).X).data<long>().ToArray().Chunk(faults.Length);
var actual = test.Y.data<float>().ToArray().Chunk(faults.Length);
foreach (var (guess, truth) in predicted.Zip(actual).Take(5))
    Console.WriteLine($"predicted: {Names(guess.Select(label => label == 1)),-30} actual: {Names(truth.Select(label => label == 1))}");

string Names(IEnumerable<bool> has) => string.Join(", ", faults.Zip(has).Where(fault => fault.Second).Select(fault => fault.First).DefaultIfEmpty("none"));

// 1,500 machines; every tenth value of a sensor is missing
static void GenerateTable(string path)
{
    var random = new Random(1);
    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    var lines = new List<string> { "type,temperature,pressure,vibration,hours,overheated,leaking,worn" };
    for (var row = 0; row < 1_500; row++)
    {
        var type = random.Next(3);
        var (overheated, leaking, worn) = (random.NextDouble() < 0.2, random.NextDouble() < 0.15, random.NextDouble() < 0.25);
        double[] sensors =
        [
            60 + (5 * type) + (overheated ? 25 : 0) + (5 * Normal()), 8 - (leaking ? 3 : 0) + (overheated ? 1 : 0) + (0.7 * Normal()),
            1 + (worn ? 1.5 : 0) + (leaking ? 0.5 : 0) + (0.3 * Math.Abs(Normal())), 1000 + (worn ? 6000 : 0) + (4000 * random.NextDouble()),
        ];
        var cells = sensors.Select((value, i) => random.Next(10) > 0 ? value.ToString("0.##", CultureInfo.InvariantCulture) : i % 2 == 0 ? "" : "NaN");
        lines.Add($"{"ABC"[type]},{string.Join(',', cells)},{(overheated ? 1 : 0)},{(leaking ? 1 : 0)},{(worn ? 1 : 0)}");
    }
    File.WriteAllLines(path, lines);
}
