"""Writes the .pth fixtures with PyTorch (made with 1.13.1): python3 pth.py, in this folder."""

import collections
import os

import torch


def save(name, content, **options):
    torch.save(content, name + ".pth", **options)


torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.Flatten(), torch.nn.Linear(8, 3))
save("state_dict", net.state_dict())
save("checkpoint", {
    "model": net.state_dict(), "epoch": 3, "loss": 0.25, "best": True, "note": "naïve 注", "none": None, "big": 2**40, "negative": -7,
    "history": [1.5, 2, [3]], "pair": (1, "two"), 5: "five",
})
optimizer = torch.optim.Adam(net.parameters(), 0.01)
net(torch.ones(2, 1, 4, 4)).sum().backward()
optimizer.step()
save("adam", optimizer.state_dict())

dtypes = ["uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64", "complex64", "complex128", "bfloat16"]
save("dtypes", {name: torch.tensor([1, 0, 3]).to(getattr(torch, name)) for name in dtypes} | {"bool": torch.tensor([True, False, True])})

base = torch.arange(24.0)
save("views", {
    "base": base, "rows": base.view(4, 6)[1:3], "columns": base.view(4, 6)[:, ::2], "transposed": base.view(4, 6).t(),
    "expanded": torch.ones(1, 3).expand(4, 3), "empty": torch.empty(0, 3), "scalar": torch.tensor(7), "again": base,
})
save("parameters", collections.OrderedDict(
    weight=torch.nn.Parameter(torch.ones(2)), frozen=torch.nn.Parameter(torch.zeros(1), requires_grad=False),
    leaf=torch.ones(1, requires_grad=True)))
save("legacy", {"a": torch.ones(1)}, _use_new_zipfile_serialization=False)
save("module", net)


class Malicious:
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)


save("malicious", {"a": torch.ones(1), "b": Malicious()})
