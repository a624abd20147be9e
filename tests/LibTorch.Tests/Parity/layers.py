"""Writes layers.json: first parameters, output and gradients of each layer and loss, by PyTorch.

Run with python3-torch 1.13.1: python3 layers.py > layers.json
Each layer is made after manual_seed(7) and computes in double. Inputs come from formulas (see `wave`), outputs are weighed by one.
"""
import json

import torch
from torch import nn

torch.set_num_threads(1)


def wave(*shape, phase=0.0):
    """Values between -1.5 and 1.5 that are all different."""
    count = torch.Size(shape).numel()
    return (torch.arange(count, dtype=torch.float64) * 0.7 + phase).sin().mul(1.5).reshape(shape)


def classes(*shape, below):
    count = torch.Size(shape).numel()
    return (torch.arange(count) * 3 % below).reshape(shape)


SEQUENCE = (5, 3, 4)
IMAGE = (2, 4, 6, 6)

LAYERS = {
    "Linear": (lambda: nn.Linear(4, 3), [wave(5, 4)]),
    "Linear without bias": (lambda: nn.Linear(4, 3, bias=False), [wave(5, 4)]),
    "ReLU": (nn.ReLU, [wave(3, 5)]),
    "GELU": (nn.GELU, [wave(3, 5)]),
    "GELU by tanh": (lambda: nn.GELU("tanh"), [wave(3, 5)]),
    "SiLU": (nn.SiLU, [wave(3, 5)]),
    "LeakyReLU": (lambda: nn.LeakyReLU(0.2), [wave(3, 5)]),
    "ELU": (lambda: nn.ELU(0.7), [wave(3, 5)]),
    "Tanh": (nn.Tanh, [wave(3, 5)]),
    "Sigmoid": (nn.Sigmoid, [wave(3, 5)]),
    "Softmax": (lambda: nn.Softmax(1), [wave(3, 5)]),
    "LogSoftmax": (lambda: nn.LogSoftmax(0), [wave(3, 5)]),
    "Softplus": (lambda: nn.Softplus(2, 1), [wave(3, 5)]),
    "Hardtanh": (lambda: nn.Hardtanh(-0.5, 0.8), [wave(3, 5)]),
    "ReLU6": (nn.ReLU6, [wave(3, 5) * 5]),
    "Identity": (nn.Identity, [wave(3, 5)]),
    "Flatten": (nn.Flatten, [wave(2, 3, 4)]),
    "Unflatten": (lambda: nn.Unflatten(1, (2, 3)), [wave(2, 6)]),
    "ZeroPad2d": (lambda: nn.ZeroPad2d((1, 2, 0, 3)), [wave(1, 2, 3, 3)]),
    "Dropout": (lambda: nn.Dropout(0.4), [wave(4, 6)]),
    "Dropout1d": (lambda: nn.Dropout1d(0.4), [wave(3, 6, 2)]),
    "Dropout1d without batch": (lambda: nn.Dropout1d(0.4), [wave(6, 2)]),
    "Dropout2d": (lambda: nn.Dropout2d(0.4), [wave(3, 6, 2, 2)]),
    "MaxPool1d": (lambda: nn.MaxPool1d(3, 2, 1), [wave(2, 3, 7)]),
    "MaxPool2d": (lambda: nn.MaxPool2d(2), [wave(*IMAGE)]),
    "AvgPool1d": (lambda: nn.AvgPool1d(3, 2, 1, count_include_pad=False), [wave(2, 3, 7)]),
    "AvgPool2d": (lambda: nn.AvgPool2d((3, 2), padding=(1, 0), divisor_override=5), [wave(*IMAGE)]),
    "AdaptiveAvgPool1d": (lambda: nn.AdaptiveAvgPool1d(3), [wave(2, 3, 7)]),
    "AdaptiveAvgPool2d": (lambda: nn.AdaptiveAvgPool2d((3, 4)), [wave(*IMAGE)]),
    "AdaptiveMaxPool2d": (lambda: nn.AdaptiveMaxPool2d((3, 4)), [wave(*IMAGE)]),
    "Upsample nearest": (lambda: nn.Upsample(scale_factor=2), [wave(1, 2, 3, 3)]),
    "Upsample linear": (lambda: nn.Upsample(size=7, mode="linear"), [wave(1, 2, 4)]),
    "Upsample bilinear": (lambda: nn.Upsample(scale_factor=1.7, mode="bilinear"), [wave(1, 2, 3, 4)]),
    "Upsample bilinear corners": (lambda: nn.Upsample(size=(5, 7), mode="bilinear", align_corners=True), [wave(1, 2, 3, 4)]),
    "Upsample bicubic": (lambda: nn.Upsample(scale_factor=1.7, mode="bicubic", recompute_scale_factor=True), [wave(1, 2, 3, 4)]),
    "Upsample trilinear": (lambda: nn.Upsample(scale_factor=2, mode="trilinear"), [wave(1, 1, 2, 2, 3)]),
    "Conv1d": (lambda: nn.Conv1d(4, 6, 3, stride=2, padding=1, groups=2), [wave(2, 4, 9)]),
    "Conv1d same": (lambda: nn.Conv1d(4, 2, 4, padding="same", dilation=2), [wave(2, 4, 9)]),
    "Conv2d": (lambda: nn.Conv2d(4, 3, (3, 2), padding=(1, 0), bias=False), [wave(*IMAGE)]),
    "Conv2d reflect": (lambda: nn.Conv2d(4, 3, 3, padding=1, padding_mode="reflect"), [wave(*IMAGE)]),
    "Conv2d circular same": (lambda: nn.Conv2d(4, 3, (2, 3), padding="same", padding_mode="circular"), [wave(*IMAGE)]),
    "Conv3d": (lambda: nn.Conv3d(2, 3, 2, padding=(1, 0, 0)), [wave(1, 2, 3, 3, 4)]),
    "Conv3d replicate": (lambda: nn.Conv3d(2, 3, 3, padding=1, padding_mode="replicate"), [wave(1, 2, 3, 3, 4)]),
    "ConvTranspose1d": (lambda: nn.ConvTranspose1d(4, 2, 3, stride=2, output_padding=1), [wave(2, 4, 5)]),
    "ConvTranspose2d": (lambda: nn.ConvTranspose2d(4, 6, (3, 2), stride=2, padding=1, groups=2), [wave(2, 4, 3, 3)]),
    "Embedding": (lambda: nn.Embedding(7, 3, padding_idx=-2), [classes(2, 5, below=7)]),
    "Embedding max norm": (lambda: nn.Embedding(7, 3, max_norm=0.8), [classes(2, 5, below=7)]),
    "LayerNorm": (lambda: nn.LayerNorm((3, 4)), [wave(2, 3, 4)]),
    "GroupNorm": (lambda: nn.GroupNorm(2, 4), [wave(*IMAGE)]),
    "InstanceNorm2d": (lambda: nn.InstanceNorm2d(4), [wave(*IMAGE)]),
    "InstanceNorm2d affine": (lambda: nn.InstanceNorm2d(4, affine=True, track_running_stats=True), [wave(*IMAGE)]),
    "BatchNorm1d": (lambda: nn.BatchNorm1d(4), [wave(6, 4)]),
    "BatchNorm2d": (lambda: nn.BatchNorm2d(4), [wave(*IMAGE)]),
    "BatchNorm3d": (lambda: nn.BatchNorm3d(2, eps=1e-3), [wave(2, 2, 2, 3, 2)]),
    "RNN": (lambda: nn.RNN(4, 3), [wave(*SEQUENCE)]),
    "RNN relu": (lambda: nn.RNN(4, 3, 2, nonlinearity="relu", batch_first=True), [wave(*SEQUENCE)]),
    "LSTM": (lambda: nn.LSTM(4, 3, 2, dropout=0.3, bidirectional=True), [wave(*SEQUENCE)]),
    "LSTM batch first": (lambda: nn.LSTM(4, 3, bias=False, batch_first=True), [wave(*SEQUENCE)]),
    "LSTM state": (lambda: nn.LSTM(4, 3), [wave(*SEQUENCE), (wave(1, 3, 3), wave(1, 3, 3, phase=1))]),
    "GRU": (lambda: nn.GRU(4, 3, 2, bidirectional=True), [wave(*SEQUENCE)]),
    "GRU without batch": (lambda: nn.GRU(4, 3), [wave(5, 4), wave(1, 3)]),
    "MultiheadAttention": (lambda: nn.MultiheadAttention(4, 2), [wave(*SEQUENCE)] * 3),
    "MultiheadAttention sizes": (
        lambda: nn.MultiheadAttention(4, 2, dropout=0.3, add_bias_kv=True, add_zero_attn=True, kdim=3, vdim=5, batch_first=True),
        [wave(*SEQUENCE), wave(5, 6, 3), wave(5, 6, 5)]),
    "MultiheadAttention masks": (
        lambda: nn.MultiheadAttention(4, 2, bias=False),
        [wave(*SEQUENCE), wave(*SEQUENCE, phase=1), wave(*SEQUENCE), torch.arange(15).reshape(3, 5) % 5 == 4, True,
         torch.ones(5, 5).triu(1).bool()]),
    "MultiheadAttention without batch": (
        lambda: nn.MultiheadAttention(4, 2, add_zero_attn=True), [wave(5, 4), wave(3, 4), wave(3, 4), wave(3)]),
    "MultiheadAttention both masks": (
        lambda: nn.MultiheadAttention(4, 2, add_bias_kv=True),
        [wave(*SEQUENCE), wave(*SEQUENCE, phase=1), wave(*SEQUENCE), torch.arange(15).reshape(3, 5) % 5 == 4, True, wave(6, 5, 5)]),
    "TransformerEncoderLayer": (lambda: nn.TransformerEncoderLayer(4, 2, 6), [wave(*SEQUENCE)]),
    "TransformerEncoderLayer norm first": (
        lambda: nn.TransformerEncoderLayer(4, 2, 6, 0, "gelu", batch_first=True, norm_first=True), [wave(*SEQUENCE)]),
    "TransformerEncoder": (lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6), 2), [wave(*SEQUENCE)]),
    "TransformerEncoder masks": (
        lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, 0), 2),
        [wave(*SEQUENCE), torch.ones(5, 5).triu(1).bool(), torch.arange(15).reshape(3, 5) % 5 == 4]),
    "CrossEntropyLoss": (
        lambda: nn.CrossEntropyLoss(torch.tensor([0.5, 1, 2, 1.5]), ignore_index=1), [wave(5, 4), classes(5, below=4)]),
    "CrossEntropyLoss smoothed": (lambda: nn.CrossEntropyLoss(label_smoothing=0.2, reduction="sum"), [wave(5, 4), classes(5, below=4)]),
    "MSELoss": (nn.MSELoss, [wave(5, 4), wave(5, 4, phase=1)]),
    "L1Loss": (lambda: nn.L1Loss(reduction="none"), [wave(5, 4), wave(5, 4, phase=1)]),
    "CosineSimilarity": (lambda: nn.CosineSimilarity(), [wave(5, 4), wave(5, 4, phase=1)]),
    "SmoothL1Loss": (lambda: nn.SmoothL1Loss(beta=0.5), [wave(5, 4), wave(5, 4, phase=1)]),
    "HuberLoss": (lambda: nn.HuberLoss(delta=0.5), [wave(5, 4), wave(5, 4, phase=1)]),
    "NLLLoss": (nn.NLLLoss, [wave(5, 4), classes(5, below=4)]),
    "BCELoss": (nn.BCELoss, [wave(5, 4).sigmoid(), wave(5, 4, phase=1).sigmoid()]),
    "BCEWithLogitsLoss": (
        lambda: nn.BCEWithLogitsLoss(pos_weight=torch.tensor([0.5, 1, 2, 1.5])), [wave(5, 4), wave(5, 4, phase=1).sigmoid()]),
    "KLDivLoss": (lambda: nn.KLDivLoss(log_target=False), [wave(5, 4), wave(5, 4, phase=1).sigmoid()]),
    "KLDivLoss of logarithms": (
        lambda: nn.KLDivLoss(reduction="sum", log_target=True), [wave(5, 4), wave(5, 4, phase=1)]),
}


def tensors(value):
    if isinstance(value, torch.Tensor):
        return [value]
    return [tensor for part in value for tensor in tensors(part)] if isinstance(value, (list, tuple)) else []


def numbers(tensor):
    return [round(float(x), 9) for x in tensor.detach().double().flatten()]


def weighed(tensor):
    return float((tensor.detach() * wave(*tensor.shape, phase=3)).sum())


def measure(make, inputs):
    torch.manual_seed(7)
    layer = make().double()
    first = [weighed(p) for p in layer.parameters()]
    leaf = inputs[0].clone()
    if leaf.is_floating_point():
        leaf.requires_grad_()
    # attention to itself stays attention to one tensor
    arguments = [leaf if one is inputs[0] else one for one in inputs]
    results = tensors(layer(*arguments))
    sum((result * wave(*result.shape, phase=2)).sum() for result in results).backward()
    return {
        "parameters": first,
        "outputs": [numbers(result) for result in results],
        "input": [] if leaf.grad is None else numbers(leaf.grad),
        "gradients": [weighed(p.grad) for p in layer.parameters() if p.grad is not None],
    }


print("{")
print(",\n".join(f"{json.dumps(name)}: {json.dumps(measure(*LAYERS[name]))}" for name in LAYERS))
print("}")
