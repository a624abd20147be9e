"""Loads the .pth file that a test wrote, with PyTorch, and prints what it finds as JSON: read_pth.py FILE."""

import json
import sys

import torch


def describe(value):
    if isinstance(value, torch.Tensor):
        return {"dtype": str(value.dtype), "shape": list(value.shape), "stride": list(value.stride()), "grad": value.requires_grad,
                "values": value.detach().to(torch.float64).flatten().tolist()}
    if isinstance(value, dict):
        return {"type": type(value).__name__, "items": [[key, describe(item)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return {"type": type(value).__name__, "items": [describe(item) for item in value]}
    return value


content = torch.load(sys.argv[1])
if "shared" in content:
    content["shared"][0].zero_()
print(json.dumps(describe(content)))
