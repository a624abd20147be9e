"""Writes datasets.json: random splits, channel statistics and tutorial 001's synthetic set, by PyTorch.

Run with python3-torch 1.13.1: python3 datasets.py > datasets.json
"""
import json

import torch
from torch.utils.data import random_split


def split(count, lengths, seed):
    parts = random_split(range(count), lengths, generator=torch.Generator().manual_seed(seed))
    return {"count": count, "lengths": lengths, "seed": seed, "parts": [list(part.indices) for part in parts]}


def statistics(shape):
    images = torch.arange(torch.Size(shape).numel()).mul(37).remainder(251).double().div(255).reshape(shape)
    images[:, 1] = images[:, 1] * 3 + 1000
    others = [0] + list(range(2, len(shape)))
    of_images = images.flatten(2).std(2).mean(0) if len(shape) > 2 else torch.zeros(0, dtype=torch.double)
    return {"shape": shape, "mean": images.mean(others).tolist(), "std": images.std(others).tolist(), "image std": of_images.tolist()}


def three_classes(count, seed):
    torch.manual_seed(seed)
    x1, x2, x3 = torch.rand(count, 1), torch.rand(count, 1), torch.rand(count, 1)
    y1 = ((x1 + x2 + x3) < 1).float()
    y2 = ((1 < (x1 + x2 + x3)) & ((x1 + x2 + x3) < 2)).float()
    y3 = ((x1 + x2 + x3) > 2).float()
    data = torch.cat([x1, x2, x3, y1, y2, y3], axis=1)
    return {"seed": seed, "rows": data[:20].tolist(), "sums": data.double().sum(0).tolist()}


print(json.dumps({
    "splits": [split(10, [7, 3], 0), split(23, [12, 6, 5], 42)],
    "statistics": [statistics([30, 3, 4, 5]), statistics([50, 4])],
    "three classes": three_classes(10000, 7),
}))
