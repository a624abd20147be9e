"""Writes samplers.json: the order of samples by each sampler, by PyTorch. A sampler's row holds two epochs.

Run with python3-torch 1.13.1: python3 samplers.py > samplers.json
"""
import json

import torch
from torch.utils import data as d
from torch.utils.data.distributed import DistributedSampler


def generator(seed):
    return torch.Generator().manual_seed(seed)


def epochs(make):
    torch.manual_seed(7)
    sampler = make()
    return [list(sampler), list(sampler)]


def shares(samples, replicas, **options):
    rows = []
    for rank in range(replicas):
        sampler = DistributedSampler(range(samples), replicas, rank, **options)
        for epoch in range(2):
            sampler.set_epoch(epoch)
            rows.append(list(sampler))
    return rows


print(json.dumps({
    "random": epochs(lambda: d.RandomSampler(range(20))),
    "random generator": epochs(lambda: d.RandomSampler(range(20), generator=generator(3))),
    "random more": epochs(lambda: d.RandomSampler(range(8), num_samples=21)),
    "random replacement": epochs(lambda: d.RandomSampler(range(10), replacement=True, num_samples=70, generator=generator(3))),
    "random replacement default": epochs(lambda: d.RandomSampler(range(40), replacement=True)),
    "subset": epochs(lambda: d.SubsetRandomSampler([5, 3, 8, 1, 9])),
    "weighted": epochs(lambda: d.WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 12)),
    "weighted once": epochs(lambda: d.WeightedRandomSampler([0.9, 0.4, 0.05, 0.2, 0.3, 0.1], 5, False, generator(3))),
    "distributed": shares(11, 3),
    "distributed seed": shares(12, 4, seed=5),
    "distributed drop last": shares(11, 3, drop_last=True),
    "distributed in order": shares(5, 3, shuffle=False),
    "distributed few": shares(2, 5),
}))
