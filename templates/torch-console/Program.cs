using DeepLearning.Data;
using DeepLearning.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

manual_seed(1);
// a GPU if available; the environment variable TORCH_DEVICE selects another device
var device = Devices.Default;
Console.WriteLine($"libtorch {__version__} on the {device.type}");

// two interleaved spirals: points [N, 2], and the spiral of each point [N]
var (points, labels) = Spirals(1_000);
var (validationPoints, validationLabels) = Spirals(200);

using var network = new Network();
var result = Trainer.Fit(
    network,
    new TensorBatches(points, labels, batchSize: 50, shuffle: true),
    new TensorBatches(validationPoints, validationLabels),
    new TrainerOptions { Epochs = 30, Device = device, Optimizer = parameters => optim.Adam(parameters, 1e-2) });
Console.WriteLine(result);

static (Tensor Points, Tensor Labels) Spirals(int count)
{
    var label = randint(0, 2, [count]);
    var radius = rand(count).sqrt();
    var angle = (radius * 2 + label) * Math.PI;
    return (stack([angle.cos() * radius, angle.sin() * radius], 1) + 0.02 * randn(count, 2), label);
}

internal sealed class Network : nn.Module<Tensor, Tensor>
{
    private readonly Linear first = nn.Linear(2, 64);
    private readonly Linear second = nn.Linear(64, 64);
    private readonly Linear last = nn.Linear(64, 2);

    public Network() : base(nameof(Network)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        x = nn.functional.relu(first.call(x));
        x = nn.functional.relu(second.call(x));
        return last.call(x);
    }
}
