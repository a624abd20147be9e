using System.Globalization;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Tables;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- CSV [EPOCHS]]: predicts whether a pump fails within a month. Some labels come from inspections. The others come from a rule that
// looks at the temperature only; such a label counts a tenth of an inspection.
var path = args.Length > 0 ? args[0] : "pumps.csv";
var epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60;
var commas = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
if (!File.Exists(path))
{
    Console.WriteLine($"{path} does not exist: a table of pumps is generated.");
    GenerateTable(path, commas);
}

// semicolons between fields and decimal commas, as spreadsheets write them in many countries
var table = TableData.Load(path, new TableOptions { Targets = ["fails", "certainty"], Csv = new CsvOptions { Separator = ';', Culture = commas } });
Console.WriteLine(table);
var (train, validation, test) = table.Split([0.6, 0.2, 0.2], seed: 1);
var scaler = Scaler.Standard(train.X);

// the pumps of the test rows that were inspected
var inspected = test.Y.select(1, 1).eq(1).nonzero().squeeze(1);
var (testInputs, fails) = (scaler.Apply(test.X.index_select(0, inspected)), test.Y.select(1, 0).index_select(0, inspected));

Fit("all labels count equally", part => ones(part.Count)).Dispose();
using var model = Fit("labels count by their certainty", part => part.Y.select(1, 1));
var probabilities = Predict.BinaryProbabilities(model, testInputs).data<float>().ToArray();
foreach (var (probability, label) in probabilities.Zip(fails.data<float>().ToArray()).Take(5))
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"probability of a failure {probability:0.00}, inspection: {(label == 1 ? "fails" : "works")}"));

nn.Module<Tensor, Tensor> Fit(string name, Func<TableData, Tensor> weightsOf)
{
    WeightedTargets Targets(TableData part) => new(part.Y.narrow(1, 0, 1), weightsOf(part));
    using var targets = Targets(train);
    using var validationTargets = Targets(validation);
    manual_seed(1);
    var network = nn.Sequential(nn.Linear(table.InputNames.Count, 16), nn.ReLU(), nn.Linear(16, 1));
    var fit = Trainer.Fit(
        network,
        new TensorBatches(scaler.Apply(train.X), targets.Tensor, batchSize: 50, shuffle: true),
        new TensorBatches(scaler.Apply(validation.X), validationTargets.Tensor),
        new TrainerOptions
        {
            Epochs = epochs,
            Loss = targets.Loss((outputs, labels) => nn.functional.binary_cross_entropy_with_logits(outputs, labels, reduction: nn.Reduction.None)),
            Metrics = [targets.WeightedMetric(Metric.BinaryAccuracy(threshold: 0))],
            Optimizer = parameters => optim.AdamW(parameters, 1e-2),
            Callbacks = [new EarlyStopping { Patience = 10, RestoreBest = true }],
        });
    Console.WriteLine($"{name}: {fit}");
    var accuracy = Predict.BinaryLabels(network, testInputs).eq(fails).to(ScalarType.Float32).mean().item<float>();
    using var auc = Metric.Auc();
    auc.Update(Predict.BinaryProbabilities(network, testInputs), fails);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  test accuracy {accuracy:0.000}, AUC {auc.Compute():0.000}"));
    return network;
}

// 3,000 pumps, two thirds of them without an inspection
static void GenerateTable(string path, CultureInfo culture)
{
    var random = new Random(1);
    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    var lines = new List<string> { "temperature;vibration;pressure;age;fails;certainty" };
    for (var row = 0; row < 3_000; row++)
    {
        var (temperature, vibration, pressure, age) = (Normal(), Normal(), Normal(), Normal());
        var isInspected = random.Next(3) == 0;
        var isFailing = isInspected ? vibration - pressure + (vibration * age) + (0.3 * Normal()) > 0.5 : temperature > 0.5;
        double[] values = [60 + (10 * temperature), 2 + (0.5 * vibration), 8 + pressure, 5 + (1.5 * age), isFailing ? 1 : 0, isInspected ? 1 : 0.1];
        lines.Add(string.Join(';', values.Select(value => value.ToString("0.###", culture))));
    }
    File.WriteAllLines(path, lines);
}
