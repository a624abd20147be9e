using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Epochs.PlainTorchSharp;

/// <summary>The tutorials' networks with only TorchSharp's modules.</summary>
internal static class PlainNetworks
{
    public static nn.Module<Tensor, Tensor> Create(string tutorial) => tutorial switch
    {
        "000" => Deep(),
        "001" => nn.Sequential(
            nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(),
            nn.Linear(64, 10)),
        "002" => nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1600, 64),
            nn.ReLU(), nn.Linear(64, 10)),
        "003" => nn.Sequential(
            nn.Conv2d(1, 32, 3, padding: 1), nn.ReLU(inplace: true), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding: 1), nn.ReLU(inplace: true),
            nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(inplace: true), nn.Dropout(0.5), nn.Linear(128, 10)),
        "004" => nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Conv2d(6, 12, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(), nn.Linear(192, 120),
            nn.ReLU(), nn.Linear(120, 60), nn.ReLU(), nn.Linear(60, 10)),
        _ => throw new ArgumentOutOfRangeException(nameof(tutorial), tutorial, "There is no such tutorial."),
    };

    // the network of tutorial 000 with its mistake: each activation "relu" replaces the previous one
    private static Sequential Deep()
    {
        var layers = new List<nn.Module<Tensor, Tensor>> { nn.Flatten(), nn.Linear(784, 100), nn.ReLU() };
        for (var i = 1; i < 10; i++)
        {
            layers.Add(nn.Linear(100, 100));
            if (i == 1)
                layers.Add(nn.ReLU());
        }
        layers.Add(nn.Linear(100, 10));
        foreach (var linear in layers.OfType<Linear>())
        {
            nn.init.xavier_uniform_(linear.weight);
            nn.init.zeros_(linear.bias!);
        }
        return nn.Sequential(layers);
    }
}
