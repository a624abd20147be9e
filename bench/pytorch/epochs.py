"""One epoch of the tutorials' own training loops, with their data sets and loaders, and one pass over the test set. Epochs/ has our side.

Left out of the loops: progress bars, TensorBoard, and on the CPU the moving of tensors to it.
Prints a name, a tab and a number a line: train_s, evaluate_s, accuracy, peak_mb.
Usage: python3 epochs.py SETUP ROOT RANDOM_SEED [DEVICE]   (ROOT holds MNIST/raw and FashionMNIST/raw, as torchvision lays them out)
"""
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from accuracy import SimpleCnn, dnn, fashion_cnn, mnist_cnn
from torch import optim
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

NORMALIZED = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081)])


class NeuralNetwork(nn.Module):
    """Tutorial 000's, with its mistake: the name "relu" given again replaces the activation before."""

    def __init__(self, layers_num=2):
        super().__init__()
        self.transforms = nn.Sequential(transforms.Normalize([0.2860], [0.3205]))
        self.linear_relu_stack = nn.Sequential(nn.Linear(784, 100), nn.ReLU())
        for i in range(1, layers_num):
            self.linear_relu_stack.add_module(f"Linear_{i}", nn.Linear(100, 100))
            self.linear_relu_stack.add_module("relu", nn.ReLU())
        self.linear_relu_stack.add_module("Output Layer", nn.Linear(100, 10))
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.linear_relu_stack(self.transforms(x).flatten(1))


def train_000(net, loader, optimizer):
    record = []
    for step, (images, labels) in enumerate(loader):
        optimizer.zero_grad()
        logits = net(images)
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        optimizer.step()
        # the tutorial calls scikit-learn's accuracy_score, which is slower
        accuracy = np.mean(labels.cpu().numpy() == logits.argmax(axis=-1).cpu().numpy())
        record.append({"loss": loss.item(), "acc": accuracy, "step": step})


def train_001(net, loader, optimizer):
    losses = []
    for images, labels in loader:
        loss = F.cross_entropy(net(images), labels)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def train_002(net, loader, optimizer):
    total_loss = total_correct = 0
    for images, labels in loader:
        predicted = net(images)
        loss = F.cross_entropy(predicted, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total_correct += (predicted.argmax(1) == labels).type(torch.float).sum().item()
        total_loss += loss.item()


def train_003(net, loader, optimizer):
    total_loss = 0.0
    for images, labels in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
        total_loss += loss.item() * images.size(0)


def train_004(net, loader, optimizer):
    total_loss = total_correct = 0
    for images, labels in loader:
        predictions = net(images)
        loss = F.cross_entropy(predictions, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total_loss += loss.item() * loader.batch_size
        total_correct += predictions.argmax(dim=1).eq(labels).sum().item()


MNIST, FASHION = datasets.MNIST, datasets.FashionMNIST
# data set, transform, network, optimizer, loop, the loader's arguments
SETUPS = {
    "000": (FASHION, transforms.ToTensor(), lambda: NeuralNetwork(10), lambda p: optim.SGD(p, lr=0.001, momentum=0.9), train_000,
            {"batch_size": 16, "shuffle": True}),
    "001": (MNIST, NORMALIZED, dnn, lambda p: optim.SGD(p, lr=0.01, momentum=0.5), train_001, {"batch_size": 64, "shuffle": True}),
    "002": (MNIST, transforms.ToTensor(), SimpleCnn, lambda p: optim.SGD(p, lr=0.01), train_002, {"batch_size": 32}),
    "003": (MNIST, NORMALIZED, mnist_cnn, lambda p: optim.AdamW(p, lr=0.001, weight_decay=0.0001), train_003,
            {"batch_size": 64, "shuffle": True, "num_workers": 4}),
    "004": (FASHION, transforms.ToTensor(), lambda: fashion_cnn(False), lambda p: optim.Adam(p, lr=0.01), train_004,
            {"batch_size": 1000, "shuffle": True, "num_workers": 1}),
}


class Moved:
    """The loader's batches on a device, as the tutorials move each."""

    def __init__(self, loader, device):
        self.loader, self.device = loader, device
        self.batch_size, self.dataset = loader.batch_size, loader.dataset

    def __iter__(self):
        return ((images.to(self.device), labels.to(self.device)) for images, labels in self.loader)


def evaluate(net, loader):
    net.eval()
    with torch.no_grad():
        correct = sum((net(images).argmax(1) == labels).sum().item() for images, labels in loader)
    return correct / len(loader.dataset)


def peak_mb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def main(setup, root, seed, device="cpu"):
    data, transform, network, make_optimizer, train, arguments = SETUPS[setup]
    training, test = (data(root, train=split, transform=transform) for split in (True, False))
    torch.manual_seed(int(seed))
    net = network().to(device)
    optimizer = make_optimizer(net.parameters())
    loader = DataLoader(training, **arguments)
    test_loader = DataLoader(test, **{**arguments, "shuffle": False})
    if device != "cpu":
        loader, test_loader = Moved(loader, device), Moved(test_loader, device)
    net.train()
    start = time.perf_counter()
    train(net, loader, optimizer)
    trained = time.perf_counter()
    accuracy = evaluate(net, test_loader)
    evaluated = time.perf_counter()
    print(f"train_s\t{trained - start}\nevaluate_s\t{evaluated - trained}\naccuracy\t{accuracy}\npeak_mb\t{peak_mb()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
