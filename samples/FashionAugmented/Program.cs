using System.Globalization;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- IMAGES [EPOCHS [FOLDER]]]: a convolutional network for Fashion-MNIST with augmentation, a cosine schedule and mixed precision.
// Training ends after half of its epochs and resumes from its checkpoint.
var images = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
var epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 6;
var folder = args.Length > 2 ? args[2] : "checkpoints";

var (train, validation) = FashionMnist.Load(train: true).Subset(Enumerable.Range(0, images)).Split([0.9, 0.1], stratified: true);
var test = FashionMnist.Load(train: false).Subset(Enumerable.Range(0, Math.Min(images, 10_000)));
Console.WriteLine(train);
var scale = PixelScale.Normalized(0.2860, 0.3530);
var trainLoader = new BatchLoader(train, batchSize: 64, shuffle: true, workers: 1, dropLast: true, scale, augment:
[
    Augmentation.RandomCrop(padding: 2),
    Augmentation.RandomHorizontalFlip(),
    Augmentation.RandomErasing(p: 0.25, area: (0.02, 0.15)),
]);
var validationLoader = new BatchLoader(validation, 500, scale: scale);

Fit(Math.Max(epochs / 2, 1)).Dispose();

// as in another process: a new network, the same options and the same folder
using var network = Fit(epochs);
var predictions = Predictions.Of(network, new BatchLoader(test, 500, scale: scale));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {predictions.TopAccuracy(1):0.000}"));
Console.WriteLine(predictions.Report(test.ClassNames));

nn.Module<Tensor, Tensor> Fit(int lastEpoch)
{
    manual_seed(1);
    var network = Network();
    var fit = Trainer.Fit(network, trainLoader, validationLoader, new TrainerOptions
    {
        Epochs = lastEpoch,
        Optimizer = parameters => optim.AdamW(parameters, 2e-3, weight_decay: 0.01),
        Scheduler = optimizer => optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * trainLoader.Count),
        SchedulerInterval = SchedulerInterval.Step,
        // products in BFloat16, weights in Float32
        Precision = new MixedPrecision(),
        Callbacks = [new ModelCheckpoint(folder), new JsonLogger(Path.Combine(folder, "epochs.json"))],
    });
    Console.WriteLine(fit);
    return network;
}

static nn.Module<Tensor, Tensor> Network() => nn.Sequential(
    nn.Conv2d(1, 16, 3, padding: 1, bias: false), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding: 1, bias: false), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Dropout(0.3), nn.Linear(32 * 7 * 7, 10));
