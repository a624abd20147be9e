"""Writes networks.json: first weights, outputs and summaries of the tutorials' networks, by PyTorch and torchsummary.

The networks are written as the tutorials write them. Run with python3-torch 1.13.1 and torchsummary 1.5.1:
python3 networks.py > networks.json
"""
import json

import torch
import torch.nn as nn
import torch.nn.functional as F
from torchsummary.torchsummary import summary_string


class NeuralNetwork(nn.Module):
    def __init__(self, layers_num, own_names):
        super().__init__()
        self.linear_relu_stack = nn.Sequential(nn.Linear(28 * 28, 100), nn.ReLU())
        for i in range(1, layers_num):
            self.linear_relu_stack.add_module(f"Linear_{i}", nn.Linear(100, 100))
            self.linear_relu_stack.add_module(f"relu_{i}" if own_names else "relu", nn.ReLU())
        self.linear_relu_stack.add_module("Output Layer", nn.Linear(100, 10))
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = (x - 0.2860) / 0.3205
        return self.linear_relu_stack(torch.flatten(x, 1))


class Dnn(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)


class SimpleCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3)
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)
        self.pool2 = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(1600, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        x = self.pool1(F.relu(self.conv1(x)))
        x = self.pool2(F.relu(self.conv2(x)))
        x = torch.flatten(x, start_dim=1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)


class MnistCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_layers = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        )
        self.fc_layers = nn.Sequential(nn.Linear(64 * 7 * 7, 128), nn.ReLU(inplace=True), nn.Dropout(0.5), nn.Linear(128, 10))

    def forward(self, x):
        x = self.conv_layers(x)
        x = x.view(x.size(0), -1)
        return self.fc_layers(x)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 12, 5)
        self.fc1 = nn.Linear(12 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 60)
        self.out = nn.Linear(60, 10)

    def forward(self, t):
        t = F.max_pool2d(F.relu(self.conv1(t)), kernel_size=2, stride=2)
        t = F.max_pool2d(F.relu(self.conv2(t)), kernel_size=2, stride=2)
        t = t.reshape(-1, 12 * 4 * 4)
        t = F.relu(self.fc1(t))
        t = F.relu(self.fc2(t))
        return self.out(t)


def sequential(batch_norm):
    layers = [nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2, 2)]
    layers += [nn.BatchNorm2d(6)] if batch_norm else []
    layers += [nn.Conv2d(6, 12, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(1), nn.Linear(192, 120), nn.ReLU()]
    layers += [nn.BatchNorm1d(120)] if batch_norm else []
    layers += [nn.Linear(120, 60), nn.ReLU(), nn.Linear(60, 10)]
    return nn.Sequential(*layers)


def table():
    return Dnn(nn.Linear(8, 32), nn.Sigmoid(), nn.Linear(32, 8), nn.Sigmoid(), nn.Linear(8, 4), nn.Sigmoid(), nn.Linear(4, 1), nn.Sigmoid())


def mnist():
    return Dnn(
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
        nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10),
    )


IMAGE = (1, 28, 28)
NETWORKS = {
    "no_batch_norm": (lambda: sequential(False), IMAGE),
    "batch_norm": (lambda: sequential(True), IMAGE),
    "network": (Network, IMAGE),
    "neural_network": (lambda: NeuralNetwork(10, own_names=True), IMAGE),
    "neural_network_as_in_tutorial": (lambda: NeuralNetwork(10, own_names=False), IMAGE),
    "dnn_three_classes": (
        lambda: Dnn(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 5), nn.ReLU(), nn.Linear(5, 5), nn.ReLU(), nn.Linear(5, 3)), (3,)),
    "dnn_table": (table, (8,)),
    "dnn_mnist": (mnist, IMAGE),
    "simple_cnn": (SimpleCnn, IMAGE),
    "mnist_cnn": (MnistCnn, IMAGE),
}


def example(shape):
    count = 2 * torch.Size(shape).numel()
    return torch.arange(count).mul(37).remainder(256).double().div(255).reshape(2, *shape)


def summary(network, shape):
    text, _ = summary_string(network, shape, device="cpu")
    upper, totals = text.split("=" * 64)[1:]
    rows = []
    for line in upper.strip().splitlines():
        layer, output = line.split("[")
        output, parameters = output.split("]")
        kind = layer.strip().split("-")[0]
        # networks themselves, which torchsummary counts as layers where they are no nn.Sequential
        if kind != type(network).__name__:
            rows.append([kind, [int(size) for size in output.split(",")[1:]], int(parameters.replace(",", ""))])
    values = [line.split(":")[1].strip().replace(",", "") for line in totals.splitlines() if ":" in line]
    return {"rows": rows, "parameters": [int(value) for value in values[:3]], "sizes": [float(value) for value in values[3:]]}


def describe(make, shape):
    torch.manual_seed(50)
    network = make().eval()
    values = {key: value.double() for key, value in network.named_parameters()}
    sums = {key: [value.sum().item(), value.abs().sum().item(), value.flatten()[0].item()] for key, value in values.items()}
    described = summary(network, shape)
    with torch.no_grad():
        output = network.double()(example(shape)).flatten().tolist()
    return {"input": list(shape), "parameters": sums, "output": output, "summary": described}


print(json.dumps({name: describe(*entry) for name, entry in NETWORKS.items()}, indent=1))
