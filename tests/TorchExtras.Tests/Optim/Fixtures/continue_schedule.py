"""Continues schedules that a test began: FOLDER SCHEDULER...

For each scheduler, loads its state and the optimizer's from FOLDER/SCHEDULER.ours.pth, takes three steps, saves both states to
FOLDER/SCHEDULER.theirs.pth and takes three more steps. Prints the learning rates after each step. The settings are those of Schedulers.cs.
"""

import json
import os
import sys
import warnings

import torch
from torch.optim.lr_scheduler import *
from torch.optim.lr_scheduler import ChainedScheduler, PolynomialLR

# the optimizer takes no steps
warnings.simplefilter("ignore")

SCHEDULERS = {
    "LambdaLR": lambda optimizer: LambdaLR(optimizer, lambda epoch: 0.9**epoch),
    "MultiplicativeLR": lambda optimizer: MultiplicativeLR(optimizer, lambda epoch: 1 - 0.01 * epoch),
    "StepLR": lambda optimizer: StepLR(optimizer, 2, 0.5),
    "MultiStepLR": lambda optimizer: MultiStepLR(optimizer, [2, 6, 8], 0.5),
    "PolynomialLR": lambda optimizer: PolynomialLR(optimizer, 9, 2),
    "ExponentialLR": lambda optimizer: ExponentialLR(optimizer, 0.9),
    "ConstantLR": lambda optimizer: ConstantLR(optimizer, 0.5, 6),
    "LinearLR": lambda optimizer: LinearLR(optimizer, 0.1, 1, 8),
    "CosineAnnealingLR": lambda optimizer: CosineAnnealingLR(optimizer, 10),
    "SequentialLR": lambda optimizer: SequentialLR(
        optimizer, [LinearLR(optimizer, 0.1, 1, 3), ExponentialLR(optimizer, 0.9), StepLR(optimizer, 2, 0.5)], [3, 7]),
    "ChainedLR": lambda optimizer: ChainedScheduler([ConstantLR(optimizer, 0.5, 3), ExponentialLR(optimizer, 0.9)]),
    "ReduceLROnPlateau": lambda optimizer: ReduceLROnPlateau(optimizer, factor=0.5, patience=1, cooldown=1),
}


def continue_schedule(folder, name):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], 0.1, momentum=0.9)
    scheduler = SCHEDULERS[name](optimizer)
    states = torch.load(os.path.join(folder, name + ".ours.pth"))
    scheduler.load_state_dict(states["scheduler"])
    optimizer.load_state_dict(states["optimizer"])

    def steps():
        for _ in range(3):
            scheduler.step(*([1.0] if name == "ReduceLROnPlateau" else []))
            yield optimizer.param_groups[0]["lr"]

    rates = list(steps())
    states = {"scheduler": scheduler.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(states, os.path.join(folder, name + ".theirs.pth"))
    return rates + list(steps())


print(json.dumps({name: continue_schedule(sys.argv[1], name) for name in sys.argv[2:]}))
