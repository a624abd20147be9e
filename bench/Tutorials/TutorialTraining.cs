using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Tutorials;

/// <summary>The score that a tutorial reports.</summary>
internal enum ReportedScore
{
    /// <summary>The accuracy on the test set after the last epoch.</summary>
    LastTest,

    /// <summary>
    /// The highest accuracy on the test set after any epoch, if the tutorial keeps the best checkpoint. The test set selects this checkpoint.
    /// </summary>
    BestTest,

    /// <summary>The accuracy on the training set during the last epoch.</summary>
    LastTraining,
}

/// <summary>A training run with the settings of a tutorial: network, data, optimizer, batches and epochs.</summary>
/// <param name="Name">The number of the tutorial and the name of the training run.</param>
/// <param name="Settings">A description of the settings, for the table.</param>
/// <param name="Figure">The score in the tutorial's text, in percent; null if there is none.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Network">The name of the network in the factory.</param>
/// <param name="Data">A function that loads the data.</param>
/// <param name="Optimizer">A function that creates the optimizer.</param>
internal sealed record TutorialTraining(
    string Name, string Settings, double? Figure, int Epochs, string Network, Func<TutorialData> Data,
    Func<IEnumerable<Parameter>, optim.Optimizer> Optimizer)
{
    /// <summary>Gets the score that the tutorial reports.</summary>
    public ReportedScore Score { get; init; }

    /// <summary>Gets the first seed; the tutorial's seed if it sets one.</summary>
    public long FirstSeed { get; init; } = 1;

    /// <summary>Gets a value that indicates whether training uses the early stopping of tutorial 000.</summary>
    public bool StopsEarly { get; init; }

    /// <summary>Gets the loss.</summary>
    public Func<Tensor, Tensor, Tensor> Loss { get; init; } = Losses.CrossEntropy();

    /// <summary>Gets the function that creates the accuracy metric.</summary>
    public Func<Metric> Accuracy { get; init; } = () => Metric.Accuracy;

    public static IReadOnlyList<TutorialTraining> All { get; } =
    [
        Deep("000", "10 layers of 100, SGD 0.001 with momentum 0.9, batches of 16, 100 epochs at most, stopped by patience 10") with { StopsEarly = true },
        Deep("000-all-epochs", "the same, all 100 epochs"),
        new("001-three-classes", "3-5-5-5-3, MSE, SGD 0.01, all 7,000 samples at once, 1,000 epochs", null, 1000, "dnn_three_classes",
            TutorialData.ThreeClasses, parameters => optim.SGD(parameters, 0.01))
        {
            Loss = (outputs, targets) => nn.functional.mse_loss(outputs, targets),
            Accuracy = OneHotAccuracy,
        },
        Table("001-table", "8-32-8-4-1, BCE, Adam 0.005, all rows at once, 5,000 epochs", 5000, batchSize: null),
        Table("001-table-mini-batches", "the same in batches of 128, 500 epochs", 500, batchSize: 128),
        new("001-digits", "784-512-256-128-64-10, SGD 0.01 with momentum 0.5, batches of 64, 5 epochs", 97.07, 5, "dnn_mnist",
            () => TutorialData.Digits(64, isNormalized: true), parameters => optim.SGD(parameters, 0.01, momentum: 0.5)),
        new("002", "two convolutions, SGD 0.01, batches of 32, not shuffled, 5 epochs (the listing gives no number)", null, 5, "simple_cnn",
            () => TutorialData.Digits(32, shuffle: false), parameters => optim.SGD(parameters, 0.01)),
        new("003", "two padded convolutions, dropout 0.5, AdamW 0.001 with weight decay 0.0001, batches of 64, 10 epochs", null, 10, "mnist_cnn",
            () => TutorialData.Digits(64, isNormalized: true), parameters => optim.AdamW(parameters, 0.001, weight_decay: 0.0001)),
        Runs("004-runs-1000-shuffled", 1000, shuffle: true),
        Runs("004-runs-1000", 1000, shuffle: false),
        Runs("004-runs-2000-shuffled", 2000, shuffle: true),
        Runs("004-runs-2000", 2000, shuffle: false),
        Final("004-final-no-batch-norm", "no_batch_norm"),
        Final("004-final-batch-norm", "batch_norm"),
    ];

    /// <summary>Trains with a seed.</summary>
    /// <param name="seed">The seed of the weights, of the order and of dropout.</param>
    /// <param name="epochs">The number of epochs; null for the tutorial's.</param>
    /// <param name="afterEpoch">A function that receives the number of completed epochs and the total.</param>
    /// <param name="cancellation">A token that ends training after the current batch.</param>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public TutorialRun Train(long seed, int? epochs, Action<int, int> afterEpoch, CancellationToken cancellation)
    {
        using var data = Data();
        using var network = NetworkFactory.GetNetwork(Network, seed);
        var total = epochs ?? Epochs;
        List<Callback> callbacks = [new LambdaCallback(afterEpoch: fit => afterEpoch(fit.EpochsDone, total))];
        if (StopsEarly)
            callbacks.Add(new EarlyStopping { Monitor = Objective.Accuracy, Patience = 10, MinDelta = 0.001 });
        var options = new TrainerOptions { Epochs = total, Loss = Loss, Optimizer = Optimizer, Metrics = [Accuracy()], Callbacks = callbacks };
        var fit = Trainer.Fit(network, data.Train, data.IsTestedEachEpoch ? data.Test : null, options, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var last = fit.History.Epochs[^1];
        var tests = data.IsTestedEachEpoch
            ? fit.History.Epochs.Select(epoch => epoch.Validation!)
            : [Evaluator.Measure(network, data.Test, options, cancellation)];
        var accuracies = tests.Select(scores => scores[Metric.AccuracyName]).ToList();
        return new TutorialRun(Name, seed, total, fit.History.Epochs.Count)
        {
            TrainingAccuracy = last.Training[Metric.AccuracyName],
            TestAccuracy = accuracies[^1],
            BestTestAccuracy = accuracies.Max(),
        };
    }

    private static TutorialTraining Deep(string name, string settings) => new(
        name, settings, null, 100, "neural_network_as_in_tutorial", () => TutorialData.Fashion(16),
        parameters => optim.SGD(parameters, 0.001, momentum: 0.9))
    {
        Score = ReportedScore.BestTest,
    };

    private static TutorialTraining Table(string name, string settings, int epochs, int? batchSize) => new(
        name, settings, null, epochs, "dnn_table", () => TutorialData.Table(batchSize), parameters => optim.Adam(parameters, 0.005))
    {
        Loss = (probabilities, targets) => nn.functional.binary_cross_entropy(probabilities, targets),
        Accuracy = () => Metric.BinaryAccuracy(),
    };

    private static TutorialTraining Runs(string name, int batchSize, bool shuffle) => new(
        name, $"the run of the test framework with batches of {batchSize:N0}, {(shuffle ? "shuffled" : "not shuffled")}: Adam 0.01, 5 epochs", null, 5,
        "network", () => TutorialData.Fashion(batchSize, shuffle), parameters => optim.Adam(parameters, 0.01))
    {
        Score = ReportedScore.LastTraining,
    };

    private static TutorialTraining Final(string name, string network) => new(
        name, $"the final framework's {network}: Adam 0.01, batches of 1,000, 1 epoch, seed 50 first", null, 1,
        network, () => TutorialData.Fashion(1000), parameters => optim.Adam(parameters, 0.01))
    {
        Score = ReportedScore.LastTraining,
        FirstSeed = NetworkFactory.DefaultSeed,
    };

    // targets are 1 for the class and 0 for the other classes; Mean divides by the number of all targets
    private static Metric OneHotAccuracy() => Metric.Mean(
        Metric.AccuracyName, (outputs, targets) => outputs.argmax(1).eq(targets.argmax(1)).sum() * targets.shape[1]);
}
