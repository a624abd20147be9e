using System.Globalization;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

// dotnet run [-- FOLDER [WEIGHTS [EPOCHS]]]: trains the head of a pretrained ResNet-18 on the images of a folder with a subfolder for each class.
// WEIGHTS is a file from PyTorch: torch.save(torchvision.models.resnet18(weights="DEFAULT").state_dict(), "resnet18.pth")
var folder = args.Length > 0 ? args[0] : "shapes";
var weights = args.Length > 1 ? args[1] : "random.pth";
var epochs = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
manual_seed(1);
if (!Directory.Exists(folder))
{
    Console.WriteLine($"{folder} does not exist: images of shapes are generated.");
    DrawShapes(folder);
}
if (!File.Exists(weights))
{
    Console.WriteLine($"{weights} does not exist: a backbone with random weights is used.");
    torchvision.models.resnet18().save_py(weights);
}

var all = ImageFolder.Load(folder, new ImageFolderOptions { Size = (64, 64) });
var (train, validation) = all.Split([0.75, 0.25], seed: 1, stratified: true);
Console.WriteLine($"{all}: {string.Join(", ", all.ClassNames.Zip(all.ClassCounts, (name, count) => $"{count} {name}"))}");

// the sampler draws rare classes as often as the others
var sampler = utils.data.WeightedRandomSampler(SampleWeights.Balanced(train.Classes()), num_samples: train.Count);
var loader = new BatchLoader(train, batchSize: 16, workers: 1, scale: PixelScale.ImageNet, sampler: sampler, augment:
[
    Augmentation.RandomAffine(degrees: 10, translate: (0.1, 0.1), scale: (0.8, 1.2)),
    Augmentation.RandomHorizontalFlip(),
]);
var validationLoader = new BatchLoader(validation, batchSize: 50, scale: PixelScale.ImageNet);

using var model = TransferLearning.Prepare(torchvision.models.resnet18(num_classes: all.ClassNames.Count), weights, head: "fc");
Console.WriteLine($"{model.parameters().Count(parameter => parameter.requires_grad)} of {model.parameters().Count()} parameters are trained");
Console.WriteLine(Trainer.Fit(model, loader, validationLoader, new TrainerOptions
{
    Epochs = epochs,
    Optimizer = parameters => optim.Adam(parameters.Where(parameter => parameter.requires_grad), 1e-2),
}));
Console.WriteLine(Predictions.Of(model, validationLoader).Report(all.ClassNames));
var (images, labels) = validation[..5];
var classes = Predict.Classes(model, torchvision.transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]).Transformed(images));
Console.WriteLine($"predicted {string.Join(' ', classes.data<long>().ToArray())}");
Console.WriteLine($"labels    {string.Join(' ', labels.data<long>().ToArray())}");

// disks, squares and a few stripes in random colors
static void DrawShapes(string folder)
{
    var random = new Random(1);
    foreach (var (name, count) in new[] { ("disk", 60), ("square", 60), ("stripes", 20) })
    {
        Directory.CreateDirectory(Path.Combine(folder, name));
        for (var image = 0; image < count; image++)
        {
            using var scope = NewDisposeScope();
            var place = linspace(-1, 1, 80);
            var (y, x) = (place.unsqueeze(1) - (0.4 * random.NextDouble()), place.unsqueeze(0) + (0.4 * random.NextDouble()));
            var shape = name switch
            {
                "disk" => x.square() + y.square() < 0.25,
                "square" => (x.abs() < 0.45) & (y.abs() < 0.45),
                _ => (x + (0 * y)).mul(12).sin() > 0,
            };
            var color = rand(3, 1, 1).mul(155).add(100);
            torchvision.io.write_image((shape.unsqueeze(0) * color).to(ScalarType.Byte), Path.Combine(folder, name, $"{image:000}.png"), torchvision.ImageFormat.Png);
        }
    }
}
