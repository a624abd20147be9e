"""Seed 004's final training framework (最终训练框架) in PyTorch, for timing: two networks, one epoch each, lr 0.01, batches of 1000.

The seed's own loop, data set, loader and bookkeeping; TensorBoard and the display of the table are left out.
Usage: python3 seed004_framework.py ROOT   (ROOT holds FashionMNIST/raw/*.gz, as torchvision lays it out)
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision
from torch.utils.data import DataLoader
from torchvision import transforms


def network(name):
    torch.manual_seed(50)
    batch_norm = name == "batch_norm"
    layers = [nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2, 2)]
    layers += [nn.BatchNorm2d(6)] if batch_norm else []
    layers += [nn.Conv2d(6, 12, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(1), nn.Linear(192, 120), nn.ReLU()]
    layers += [nn.BatchNorm1d(120)] if batch_norm else []
    layers += [nn.Linear(120, 60), nn.ReLU(), nn.Linear(60, 10)]
    return nn.Sequential(*layers)


def accuracy(net, loader):
    net.eval()
    with torch.no_grad():
        return sum((net(images).argmax(1) == labels).sum().item() for images, labels in loader) / len(loader.dataset)


def main(root):
    train, test = (
        torchvision.datasets.FashionMNIST(root, train=split, download=True, transform=transforms.ToTensor()) for split in (True, False)
    )
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads")
    start = time.time()
    for name in ("no_batch_norm", "batch_norm"):
        run_start = time.time()
        net = network(name)
        loader = DataLoader(train, batch_size=1000, shuffle=True, num_workers=1)
        optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
        total_loss = correct = 0
        for images, labels in loader:
            predictions = net(images)
            loss = F.cross_entropy(predictions, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total_loss += loss.item() * loader.batch_size
            correct += predictions.argmax(dim=1).eq(labels).sum().item()
        duration = time.time() - run_start
        tested = accuracy(net, DataLoader(test, batch_size=1000))
        print(f"{name}: loss {total_loss / len(train):.4f}, accuracy {correct / len(train):.4f}, test {tested:.4f}, {duration:.2f} s")
    print(f"both runs with their tests: {time.time() - start:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1])
