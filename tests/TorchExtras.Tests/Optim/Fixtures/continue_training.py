"""Continues trainings that a test began: FOLDER OPTIMIZER...

For each optimizer, loads its state from FOLDER/OPTIMIZER.ours.pth, takes a step from the weights [0.5, -1, 2] with the gradient [1, -2, 0.5],
saves the state to FOLDER/OPTIMIZER.theirs.pth and takes another step. Prints each optimizer's weights after each step.
"""

import json
import os
import sys

import torch


def continue_training(folder, name):
    weight = torch.nn.Parameter(torch.tensor([0.5, -1, 2]))
    optimizer = getattr(torch.optim, name)([weight], lr=1.0)
    optimizer.load_state_dict(torch.load(os.path.join(folder, name + ".ours.pth")))
    if name == "NAdam":
        # PyTorch 1.13's other implementation multiplies by mu twice, which PyTorch 2.0 corrected
        optimizer.param_groups[0]["foreach"] = True

    def step():
        weight.grad = torch.tensor([1, -2, 0.5])
        optimizer.step()
        return weight.tolist()

    first = step()
    torch.save(optimizer.state_dict(), os.path.join(folder, name + ".theirs.pth"))
    return [first, step()]


print(json.dumps({name: continue_training(sys.argv[1], name) for name in sys.argv[2:]}))
