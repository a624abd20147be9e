"""Writes optimizers.json: ten steps of each optimizer on one small problem, by PyTorch.

Run with python3-torch 1.13.1: python3 optimizers.py > optimizers.json
"""
import json

import torch

SETTINGS = {
    "sgd": (torch.optim.SGD, {"lr": 0.1}),
    "sgd momentum": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9, "dampening": 0.1}),
    "sgd nesterov": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "sgd weight decay": (torch.optim.SGD, {"lr": 0.1, "momentum": 0.5, "weight_decay": 0.2}),
    "adam": (torch.optim.Adam, {"lr": 0.05}),
    "adam weight decay": (torch.optim.Adam, {"lr": 0.05, "weight_decay": 0.1, "betas": (0.8, 0.99)}),
    "adam amsgrad": (torch.optim.Adam, {"lr": 0.05, "amsgrad": True}),
    "adam maximize": (torch.optim.Adam, {"lr": 0.05, "maximize": True}),
    "adamw": (torch.optim.AdamW, {"lr": 0.05, "weight_decay": 0.1}),
    "adamw amsgrad": (torch.optim.AdamW, {"lr": 0.05, "weight_decay": 0.0, "amsgrad": True, "maximize": True}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.02}),
    "rmsprop momentum": (torch.optim.RMSprop, {"lr": 0.02, "momentum": 0.9, "weight_decay": 0.1}),
    "rmsprop centered": (torch.optim.RMSprop, {"lr": 0.02, "momentum": 0.5, "alpha": 0.9, "centered": True}),
    "rmsprop maximize": (torch.optim.RMSprop, {"lr": 0.02, "centered": True, "maximize": True}),
    "adagrad": (torch.optim.Adagrad, {"lr": 0.1}),
    "adagrad decay": (
        torch.optim.Adagrad, {"lr": 0.1, "lr_decay": 0.2, "weight_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 1e-8}),
    # foreach: the other form of 1.13.1 counts a momentum twice, which later versions do not
    "nadam": (torch.optim.NAdam, {"lr": 0.05, "foreach": True}),
    "nadam weight decay": (torch.optim.NAdam, {"lr": 0.05, "betas": (0.8, 0.99), "weight_decay": 0.1, "momentum_decay": 0.1, "foreach": True}),
    "adadelta": (torch.optim.Adadelta, {}),
    "adadelta weight decay": (torch.optim.Adadelta, {"lr": 0.5, "rho": 0.8, "weight_decay": 0.1, "maximize": True}),
}

torch.set_num_threads(1)


def steps(make, options):
    a = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
    b = torch.tensor([[1.0, -0.25]], requires_grad=True)
    optimizer = make([a, b], **options)
    rows = []
    for step in range(10):
        loss = (a * a * torch.tensor([1.0, 2.0, 0.5])).sum() + a[0] * b[0, 0]
        if step != 3:  # once, b has no gradient
            loss = loss + (b.sin() * 3).sum()
        else:
            loss = (a * a).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        rows.append(a.tolist() + b.flatten().tolist())
    return rows


print(json.dumps({name: steps(*setting) for name, setting in SETTINGS.items()}, indent=1))
