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

var train = new BatchLoader(Mnist.Load(train: true).Subset(Enumerable.Range(0, images)), batchSize: 100, shuffle: true, workers: 1);
var test = new BatchLoader(Mnist.Load(train: false).Subset(Enumerable.Range(0, 2_000)), batchSize: 500);

manual_seed(1);
var network = new MnistCnn();
var fit = Trainer.Fit(network, train, test, new TrainerOptions
{
    Epochs = epochs,
    Optimizer = parameters => optim.Adam(parameters, 1e-3),
    // where there is a checkpoint from before, training would go on from it
    Callbacks = [new ModelCheckpoint("checkpoints") { Resume = false }],
});
Console.WriteLine(fit);
Console.WriteLine(Predictions.Of(network, test).Report(test.Dataset.ClassNames));

// a checkpoint is a PyTorch file: Python opens it too
var checkpoint = (Dictionary<object, object?>)PyTorchFile.Load(Path.Combine("checkpoints", ModelCheckpoint.BestName))!;
var weights = (Dictionary<object, object?>)checkpoint["model"]!;
using var again = new MnistCnn();
again.load_state_dict(weights.ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!));
again.eval();

using (no_grad())
{
    var (digits, labels) = test.First();
    var answers = again.call(digits[..10]).argmax(1);
    Console.WriteLine($"answers {string.Join(' ', answers.data<long>().ToArray())}");
    Console.WriteLine($"labels  {string.Join(' ', labels[..10].data<long>().ToArray())}");
}
