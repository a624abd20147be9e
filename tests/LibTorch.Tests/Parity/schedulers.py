"""Writes schedulers.json: thirty steps of each scheduler on two groups, by PyTorch. A row is the learning rates, then the momenta.

Run with python3-torch 1.13.1: python3 schedulers.py > schedulers.json
"""
import json
import math
import warnings

import torch
from torch.optim import lr_scheduler as s

warnings.simplefilter("ignore")
METRICS = [math.cos(step / 3) + 1.5 - step / 40 for step in range(30)]

SETTINGS = {
    "step": lambda o: s.StepLR(o, 7, 0.5),
    "multi step": lambda o: s.MultiStepLR(o, [3, 10, 10, 22], 0.3),
    "exponential": lambda o: s.ExponentialLR(o, 0.9),
    "lambda": lambda o: s.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
    "lambdas": lambda o: s.LambdaLR(o, [lambda epoch: 0.9 ** epoch, lambda epoch: 1 + epoch]),
    "multiplicative": lambda o: s.MultiplicativeLR(o, lambda epoch: 1 - 1 / (1 + epoch)),
    "constant": lambda o: s.ConstantLR(o, 0.25, 8),
    "linear": lambda o: s.LinearLR(o, 0.1, 0.8, 12),
    "linear defaults": lambda o: s.LinearLR(o),
    "polynomial": lambda o: s.PolynomialLR(o, 20, 2.0),
    "cosine": lambda o: s.CosineAnnealingLR(o, 10, 0.01),
    "warm restarts": lambda o: s.CosineAnnealingWarmRestarts(o, 4, 2, 0.01),
    "warm restarts of one length": lambda o: s.CosineAnnealingWarmRestarts(o, 7),
    "one cycle": lambda o: s.OneCycleLR(o, 0.5, 31),
    "one cycle linear": lambda o: s.OneCycleLR(o, [0.5, 0.2], epochs=4, steps_per_epoch=10, pct_start=0.25, anneal_strategy="linear"),
    "one cycle three phases": lambda o: s.OneCycleLR(
        o, 0.5, 35, three_phase=True, base_momentum=[0.7, 0.8], max_momentum=0.9, div_factor=10, final_div_factor=100),
    "one cycle adam": lambda o: s.OneCycleLR(o, 0.5, 40),
    "one cycle without momentum": lambda o: s.OneCycleLR(o, 0.5, 40, cycle_momentum=False),
    "cyclic": lambda o: s.CyclicLR(o, 0.01, [0.1, 0.3], 4, 6),
    "cyclic triangular2": lambda o: s.CyclicLR(o, 0.01, 0.1, 5, mode="triangular2", cycle_momentum=False),
    "cyclic exp range": lambda o: s.CyclicLR(o, 0.01, 0.1, 5, mode="exp_range", gamma=0.95),
    "plateau": lambda o: s.ReduceLROnPlateau(o, factor=0.5, patience=2),
    "plateau max": lambda o: s.ReduceLROnPlateau(
        o, mode="max", factor=0.5, patience=1, threshold=0.05, threshold_mode="abs", cooldown=2, min_lr=[0.01, 0.1]),
    "sequential": lambda o: s.SequentialLR(
        o, [s.LinearLR(o, 0.1, total_iters=5), s.ExponentialLR(o, 0.9), s.CosineAnnealingLR(o, 10)], [6, 15]),
    "chained": lambda o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 4), s.ExponentialLR(o, 0.95), s.StepLR(o, 9, 0.5)]),
}


# at thirds of an epoch
PARTS = [epoch / 3 for epoch in range(30)]


def parts(make):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.2)
    optimizer.step()
    scheduler = make(optimizer)
    result = []
    for part in PARTS:
        scheduler.step(part)
        result.append(optimizer.param_groups[0]["lr"])
    return result


def rows(name, make):
    groups = [{"params": [torch.zeros(1, requires_grad=True)], "lr": lr} for lr in (0.2, 0.05)]
    optimizer = torch.optim.Adam(groups) if name.endswith("adam") else torch.optim.SGD(groups, 0.1, 0.6)
    scheduler = make(optimizer)
    result = []
    for step in range(30):
        optimizer.step()
        momenta = [group["betas"][0] if "betas" in group else group["momentum"] for group in optimizer.param_groups]
        result.append([group["lr"] for group in optimizer.param_groups] + momenta)
        if name.startswith("plateau"):
            scheduler.step(METRICS[step])
        else:
            scheduler.step()
    return result


PARTLY = {"parts": [PARTS, parts(lambda o: s.CosineAnnealingWarmRestarts(o, 2, 3))]}
print(json.dumps({"metrics": [METRICS]} | PARTLY | {name: rows(name, make) for name, make in SETTINGS.items()}))
