using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- IMAGES [EPOCHS]]
var images = args.Length > 0 ? int.Parse(args[0]) : 10_000;
var epochs = args.Length > 1 ? int.Parse(args[1]) : 3;

var (train, validation) = Mnist.Load(train: true).Subset(Enumerable.Range(0, images)).Split([0.9, 0.1], seed: 1, stratified: true);
var trainLoader = new BatchLoader(train, batchSize: 100, shuffle: true, workers: 1);
var validationLoader = new BatchLoader(validation, batchSize: 500);

manual_seed(1);
var network = new MnistCnn();
var fit = Trainer.Fit(network, trainLoader, validationLoader, new TrainerOptions
{
    Epochs = epochs,
    Optimizer = parameters => optim.Adam(parameters, 1e-3),
    // with Resume, training would continue from a checkpoint of an earlier run
    Callbacks = [new ModelCheckpoint("checkpoints") { Resume = false }],
});
Console.WriteLine(fit);

// the weights with the best validation; a checkpoint is a PyTorch file, which Python can also load
using var best = new MnistCnn();
best.LoadCheckpoint(Path.Combine("checkpoints", ModelCheckpoint.BestName));

// the test images are used only once, after model selection
var test = Mnist.Load(train: false).Subset(Enumerable.Range(0, 2_000));
Console.WriteLine(Predictions.Of(best, new BatchLoader(test, batchSize: 500)).Report(test.ClassNames));
var (digits, labels) = test[..10];
Console.WriteLine($"predicted {string.Join(' ', Predict.Classes(best, digits).data<long>().ToArray())}");
Console.WriteLine($"labels    {string.Join(' ', labels.data<long>().ToArray())}");
