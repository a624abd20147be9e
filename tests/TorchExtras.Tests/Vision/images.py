"""Writes images.json: what torchvision's ToTensor and make_grid give for small images, as sizes and values.

Run with python3-torchvision 0.14.1: python3 images.py > images.json
"""
import json

import torch
import torchvision.transforms as t
from torchvision.utils import make_grid

batch = torch.arange(180, dtype=torch.float32).mul(0.37).sin().mul(0.5).add(0.5).reshape(2, 3, 5, 6)
image = batch[0]
pixels = (torch.arange(90) * 37 % 256).to(torch.uint8).reshape(3, 5, 6)
gray = batch[0, :1]
wide = torch.arange(300, dtype=torch.float32).mul(0.11).cos().mul(0.5).add(0.5).reshape(3, 10, 10)

EXPRESSIONS = {
    "to tensor": lambda: t.ToTensor()(pixels.permute(1, 2, 0).numpy()),
    "to tensor gray": lambda: t.ToTensor()(pixels[0].numpy()),
    "grid": lambda: make_grid(torch.cat([batch, batch + 1, batch[:1]]), 3),
    "grid of gray": lambda: make_grid(batch[:, :1], padding=1, pad_value=0.5),
    "grid normalized": lambda: make_grid(batch * 3 - 1, normalize=True),
    "grid normalized each": lambda: make_grid(batch * torch.tensor([3.0, 0.5]).view(2, 1, 1, 1), 1, normalize=True, scale_each=True),
    "grid in range": lambda: make_grid(batch, normalize=True, value_range=(0.2, 0.6)),
    "grid of one": lambda: make_grid(gray),
    "grid of a matrix": lambda: make_grid(gray[0], normalize=True),
    "grid of bytes": lambda: make_grid(torch.stack([pixels, pixels.flip(0)]), pad_value=9),
    "grid of a list": lambda: make_grid([image, wide[:, :5, :6]], 1, 0),
}


def entry(value):
    return {"size": list(value.shape), "values": [round(number, 6) for number in value.double().flatten().tolist()]}


print(json.dumps({name: entry(make()) for name, make in EXPRESSIONS.items()}, separators=(",", ":")))
