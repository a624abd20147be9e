"""Writes initializers.json: what each of torch.nn.init's functions makes of one tensor, by PyTorch.

Run with python3-torch 1.13.1: python3 initializers.py > initializers.json
"""
import json

import torch
from torch.nn import init

torch.set_num_threads(1)

INITIALIZERS = {
    "orthogonal": ((3, 5), lambda t: init.orthogonal_(t, 1.5)),
    "orthogonal tall": ((3, 2, 1), init.orthogonal_),
    "truncated normal": ((3, 5), lambda t: init.trunc_normal_(t, 0.5, 2.0, -1.0, 1.5)),
    "eye": ((3, 5), init.eye_),
    "dirac": ((3, 2, 3, 4), init.dirac_),
    "sparse": ((5, 3), lambda t: init.sparse_(t, 0.3, 0.1)),
    "kaiming uniform": ((3, 5), lambda t: init.kaiming_uniform_(t, 0.2)),
    "kaiming normal": ((3, 5), lambda t: init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu")),
    "xavier uniform": ((3, 5), lambda t: init.xavier_uniform_(t, 1.5)),
    "xavier normal": ((3, 5, 2), init.xavier_normal_),
}


def values(shape, initialize):
    torch.manual_seed(7)
    tensor = torch.ones(shape, dtype=torch.float64)
    return initialize(tensor).flatten().tolist()


print(json.dumps({name: values(*setting) for name, setting in INITIALIZERS.items()}, indent=1))
