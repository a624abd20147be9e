using System.Globalization;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- CSV [EPOCHS]]: predicts the last column of a CSV file from the others, with 7-fold cross-validation.
// scikit-learn's diabetes data: load_diabetes(as_frame=True).frame.to_csv("diabetes.csv", index=False)
const int Folds = 7;
var path = args.Length > 0 ? args[0] : "diabetes-like.csv";
var epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 50;
if (!File.Exists(path))
{
    Console.WriteLine($"{path} does not exist: a table similar to scikit-learn's is generated.");
    GenerateTable(path);
}

var table = TableData.Load(path, new TableOptions { Missing = MissingValues.DropRow, Categories = Categories.OneHot });
Console.WriteLine(table);
manual_seed(1);
List<(double R2, double Mae)> linear = [], network = [];
foreach (var (train, validation) in table.KFold(Folds))
{
    // scalers are fitted on the training rows
    var (inputs, targets) = (Scaler.Standard(train.X), Scaler.Standard(train.Y));
    var (x, y, xValidation) = (inputs.Apply(train.X), targets.Apply(train.Y), inputs.Apply(validation.X));

    linear.Add(Scores(targets.Invert(LeastSquares(x, y, xValidation)), validation.Y));

    using var model = nn.Sequential(
        nn.Linear(x.shape[1], 32), nn.ReLU(), nn.Dropout(0.2),
        nn.Linear(32, 16), nn.ReLU(),
        nn.Linear(16, y.shape[1]));
    Trainer.Fit(model, new TensorBatches(x, y, batchSize: 32, shuffle: true, dropLast: true), options: new TrainerOptions
    {
        Epochs = epochs,
        Loss = Losses.MeanSquaredError(),
        Metrics = [],
        Optimizer = parameters => optim.AdamW(parameters, 1e-3, weight_decay: 0.1),
        Scheduler = optimizer => optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs),
    });
    network.Add(Scores(targets.Invert(Predict.Values(model, xValidation)), validation.Y));
}
Console.WriteLine($"mean of {Folds} folds");
Print("linear ", linear);
Print("network", network);

static Tensor LeastSquares(Tensor x, Tensor y, Tensor xNew)
{
    Tensor WithOnes(Tensor inputs) => cat([inputs, ones(inputs.shape[0], 1)], 1);
    return WithOnes(xNew).mm(linalg.lstsq(WithOnes(x), y).Solution);
}

static (double R2, double Mae) Scores(Tensor predicted, Tensor actual)
{
    using var r2 = Metric.R2;
    using var mae = Metric.MeanAbsoluteError;
    r2.Update(predicted, actual);
    mae.Update(predicted, actual);
    return (r2.Compute(), mae.Compute());
}

static void Print(string name, List<(double R2, double Mae)> folds) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{name}  R² {folds.Average(fold => fold.R2):0.000}  MAE {folds.Average(fold => fold.Mae):0.0}"));

// 442 rows of 10 correlated inputs; a third of the target's variance comes from two products, a third from noise
static void GenerateTable(string path)
{
    var random = new Random(1);
    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    var lines = new List<string> { "age,sex,bmi,bp,s1,s2,s3,s4,s5,s6,target" };
    for (var row = 0; row < 442; row++)
    {
        var common = Normal();
        double[] x = [.. Enumerable.Range(0, 10).Select(_ => 0.05 * ((0.4 * common) + (0.9 * Normal())))];
        var target = 150 + (900 * x[2]) + (500 * x[8]) - (300 * x[1]) + (9000 * x[2] * x[3]) - (7000 * x[4] * x[8]) + (45 * Normal());
        lines.Add(string.Join(',', x.Append(target).Select(value => value.ToString("0.######", CultureInfo.InvariantCulture))));
    }
    File.WriteAllLines(path, lines);
}
