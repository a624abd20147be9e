"""Loads an optimizer's state that a test wrote, takes one step from zero weights with gradient 1, prints the weights: OPTIMIZER FILE."""
import json
import sys

import torch

weight = torch.nn.Parameter(torch.zeros(3))
optimizer = {"Adam": torch.optim.Adam, "SGD": lambda p: torch.optim.SGD(p, lr=1.0), "RMSprop": torch.optim.RMSprop}[sys.argv[1]]([weight])
optimizer.load_state_dict(torch.load(sys.argv[2]))
weight.grad = torch.ones(3)
optimizer.step()
print(json.dumps(weight.tolist()))
