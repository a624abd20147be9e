"""Writes framework.json: twenty Adam steps of tutorial 004's two networks, by PyTorch.

The batches follow a formula, so that the fixture holds no data. Weights are drawn in single precision and trained in double: in single
precision, two processors' matrix kernels alone make losses differ by 6e-3 after these steps, as Adam's first steps take the sign of
gradients however small. Run with python3-torch 1.13.1: python3 framework.py > framework.json
"""
import json

import torch
import torch.nn as nn
import torch.nn.functional as F


def network(name):
    torch.manual_seed(50)
    batch_norm = name == "batch_norm"
    layers = [nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2, 2)]
    layers += [nn.BatchNorm2d(6)] if batch_norm else []
    layers += [nn.Conv2d(6, 12, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(1), nn.Linear(192, 120), nn.ReLU()]
    layers += [nn.BatchNorm1d(120)] if batch_norm else []
    layers += [nn.Linear(120, 60), nn.ReLU(), nn.Linear(60, 10)]
    return nn.Sequential(*layers)


def batch(step, size=100):
    labels = torch.arange(size).mul(7).add(step).remainder(10)
    pixel = torch.arange(784).reshape(1, 28, 28)
    # a pattern for each class, shifted a little from image to image
    images = (pixel * (labels.reshape(-1, 1, 1, 1) + 3) + torch.arange(size).reshape(-1, 1, 1, 1) * 5 + step).remainder(256).double() / 255.0
    return images, labels


def run(name):
    net = network(name)
    sums = {key: [value.double().sum().item(), value.double().abs().sum().item()] for key, value in net.named_parameters()}
    net = net.double()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    losses = []
    for step in range(20):
        images, labels = batch(step)
        loss = F.cross_entropy(net(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    net.eval()
    with torch.no_grad():
        images, labels = batch(20)
        evaluation = F.cross_entropy(net(images), labels).item()
    return {"initial sums": sums, "losses": losses, "evaluation loss": evaluation}


print(json.dumps({name: run(name) for name in ("no_batch_norm", "batch_norm")}, indent=1))
