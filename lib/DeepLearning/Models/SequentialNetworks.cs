using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// The network of tutorial 004 as a sequence of layers, in three notations, and with batch norm. With the same seed, all three have the same weights
/// as <see cref="Network"/>; only the names of their parameters differ.
/// </summary>
public static class SequentialNetworks
{
    /// <summary>Creates the network from layers, which are numbered from 0.</summary>
    public static Sequential Numbered() => nn.fused.Sequential(
        nn.Conv2d(1, 6, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.Conv2d(6, 12, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.Flatten(start_dim: 1),
        nn.Linear(12 * 4 * 4, 120),
        nn.ReLU(),
        nn.Linear(120, 60),
        nn.ReLU(),
        nn.Linear(60, 10));

    /// <summary>Creates the network from named layers.</summary>
    public static Sequential Named() => nn.fused.Sequential(
        ("conv1", nn.Conv2d(1, 6, kernel_size: 5)),
        ("relu1", nn.ReLU()),
        ("maxpool1", nn.MaxPool2d(kernel_size: 2, stride: 2)),
        ("conv2", nn.Conv2d(6, 12, kernel_size: 5)),
        ("relu2", nn.ReLU()),
        ("maxpool2", nn.MaxPool2d(kernel_size: 2, stride: 2)),
        ("flatten", nn.Flatten(start_dim: 1)),
        ("fc1", nn.Linear(12 * 4 * 4, 120)),
        ("relu3", nn.ReLU()),
        ("fc2", nn.Linear(120, 60)),
        ("relu4", nn.ReLU()),
        ("out", nn.Linear(60, 10)));

    /// <summary>Creates the network from an empty sequence, to which layers are appended.</summary>
    public static Sequential Added()
    {
        var network = nn.fused.Sequential();
        network.append("conv1", nn.Conv2d(1, 6, kernel_size: 5));
        network.append("relu1", nn.ReLU());
        network.append("maxpool1", nn.MaxPool2d(kernel_size: 2, stride: 2));
        network.append("conv2", nn.Conv2d(6, 12, kernel_size: 5));
        network.append("relu2", nn.ReLU());
        network.append("maxpool2", nn.MaxPool2d(kernel_size: 2, stride: 2));
        network.append("flatten", nn.Flatten(start_dim: 1));
        network.append("fc1", nn.Linear(12 * 4 * 4, 120));
        network.append("relu3", nn.ReLU());
        network.append("fc2", nn.Linear(120, 60));
        network.append("relu4", nn.ReLU());
        network.append("out", nn.Linear(60, 10));
        return network;
    }

    /// <summary>Creates the network with two more layers: batch norm after the first pooling and after the first linear layer.</summary>
    public static Sequential BatchNorm() => nn.fused.Sequential(
        nn.Conv2d(1, 6, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.BatchNorm2d(6),
        nn.Conv2d(6, 12, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.Flatten(start_dim: 1),
        nn.Linear(12 * 4 * 4, 120),
        nn.ReLU(),
        nn.BatchNorm1d(120),
        nn.Linear(120, 60),
        nn.ReLU(),
        nn.Linear(60, 10));
}
