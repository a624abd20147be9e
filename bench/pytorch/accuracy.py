"""The tutorials' networks as they train them, in PyTorch. Accuracy/Setup.cs has the same; both draw weights, orders and dropout from one
stream in the same order.

Prints the test accuracy of the weights of the last epoch. Usage: python3 accuracy.py SETUP SEED EPOCHS BATCHES TEST_BATCH_SIZE FOLDER
(BATCHES of an epoch at most, 0 for all; FOLDER has mnist-train.pixels and so on, a byte each)
"""
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim


class DeepNetwork(nn.Module):
    """Tutorial 000's, with an activation after every layer, as intended."""

    def __init__(self, depth=10):
        super().__init__()
        layers = [nn.Linear(784, 100), nn.ReLU()]
        for _ in range(1, depth):
            layers += [nn.Linear(100, 100), nn.ReLU()]
        self.stack = nn.Sequential(*layers, nn.Linear(100, 10))
        for layer in self.stack:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.stack(((x - 0.2860) / 0.3205).flatten(1))


def dnn():
    sizes = [784, 512, 256, 128, 64]
    hidden = [layer for pair in zip(sizes, sizes[1:]) for layer in (nn.Linear(*pair), nn.ReLU())]
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(64, 10))


class SimpleCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3)
        self.fc1, self.fc2 = nn.Linear(1600, 64), nn.Linear(64, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


def mnist_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10),
    )


def fashion_cnn(batch_norm):
    layers = [nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2, 2)]
    layers += [nn.BatchNorm2d(6)] if batch_norm else []
    layers += [nn.Conv2d(6, 12, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(1), nn.Linear(192, 120), nn.ReLU()]
    layers += [nn.BatchNorm1d(120)] if batch_norm else []
    return nn.Sequential(*layers, nn.Linear(120, 60), nn.ReLU(), nn.Linear(60, 10))


NORMALIZED = (0.1307, 0.3081)
# data, network, batch size, optimizer, whether shuffled, mean and standard deviation of the pixels
SETUPS = {
    "000": ("fashion", DeepNetwork, 16, lambda p: optim.SGD(p, 0.001, momentum=0.9), True, None),
    "001": ("mnist", dnn, 64, lambda p: optim.SGD(p, 0.01, momentum=0.5), True, NORMALIZED),
    "002": ("mnist", SimpleCnn, 32, lambda p: optim.SGD(p, 0.01), False, None),
    "003": ("mnist", mnist_cnn, 64, lambda p: optim.AdamW(p, 0.001, weight_decay=0.0001), True, NORMALIZED),
    "004-plain": ("fashion", lambda: fashion_cnn(False), 1000, lambda p: optim.Adam(p, 0.01), True, None),
    "004-batch-norm": ("fashion", lambda: fashion_cnn(True), 1000, lambda p: optim.Adam(p, 0.01), True, None),
}


def load(folder, data, split, scale):
    pixels = np.fromfile(Path(folder) / f"{data}-{split}.pixels", np.uint8).reshape(-1, 1, 28, 28)
    labels = np.fromfile(Path(folder) / f"{data}-{split}.labels", np.uint8)
    images = torch.from_numpy(pixels).float() / 255
    if scale:
        images = (images - scale[0]) / scale[1]
    return images, torch.from_numpy(labels).long()


def batches(images, labels, size, most, shuffle):
    order = torch.randperm(len(labels)) if shuffle else torch.arange(len(labels))
    for chosen in order.split(size)[: most or None]:
        yield images[chosen], labels[chosen]


def accuracy(net, images, labels, size, most):
    net.eval()
    correct = total = 0
    with torch.no_grad():
        for inputs, targets in batches(images, labels, size, most, shuffle=False):
            correct += (net(inputs).argmax(1) == targets).sum().item()
            total += len(targets)
    return correct / total


def main(setup, seed, epochs, most, test_size, folder):
    data, network, size, make_optimizer, shuffle, scale = SETUPS[setup]
    train, test = (load(folder, data, split, scale) for split in ("train", "test"))
    torch.manual_seed(int(seed))
    net = network()
    optimizer = make_optimizer(net.parameters())
    for _ in range(int(epochs)):
        net.train()
        for images, labels in batches(*train, size, int(most), shuffle):
            loss = F.cross_entropy(net(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    print(f"test accuracy\t{accuracy(net, *test, int(test_size), int(most))!r}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
