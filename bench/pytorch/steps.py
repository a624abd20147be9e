"""One training step (forward, loss, backward, update) of the tutorials' networks. Steps/StepsSide.cs has the same."""
from collections import OrderedDict

import torch
from torch import nn

from ops import microseconds


def deep_network(depth):
    """Tutorial 000's network: add_module with the one name "relu" replaces the layer of that name."""
    stack = nn.Sequential(nn.Linear(28 * 28, 100), nn.ReLU())
    for i in range(1, depth):
        stack.add_module(f"Linear_{i}", nn.Linear(100, 100))
        stack.add_module("relu", nn.ReLU())
    stack.add_module("Output Layer", nn.Linear(100, 10))
    return nn.Sequential(OrderedDict(flatten=nn.Flatten(), stack=stack))


def convolutional_network():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64 * 7 * 7, 128), nn.ReLU(inplace=True), nn.Dropout(0.5), nn.Linear(128, 10),
    )


def step(model, optimizer, batch, calls):
    images, labels = torch.randn(batch, 1, 28, 28), torch.randint(0, 10, (batch,))
    loss_function = nn.CrossEntropyLoss()
    model.train()

    def run():
        optimizer.zero_grad()
        loss_function(model(images), labels).backward()
        optimizer.step()

    return microseconds(run, calls)


def main():
    model = deep_network(10)
    time = step(model, torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.9), 16, calls=200)
    print(f"000: 10 linear layers, batch 16, SGD\t{time!r}")
    model = convolutional_network()
    time = step(model, torch.optim.AdamW(model.parameters(), lr=0.001, weight_decay=0.0001), 64, calls=10)
    print(f"003: two convolutions, batch 64, AdamW\t{time!r}")


if __name__ == "__main__":
    main()
