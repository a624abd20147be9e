"""Writes histograms.json with PyTorch's own make_histogram (made with 1.13.1): python3 histograms.py, in this folder."""

import importlib.abc
import importlib.machinery
import json
import sys
import tempfile
from unittest.mock import MagicMock

import numpy


class Mocks(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Only the writer's arithmetic is wanted: TensorBoard's modules and messages may be anything."""

    def find_spec(self, name, path, target=None):
        wanted = name.split(".")[0] in ("tensorboard", "google")
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if wanted else None

    def create_module(self, spec):
        return MagicMock(__version__="2.10.0", __path__=[], __spec__=spec)

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, Mocks())
from torch.utils.tensorboard import SummaryWriter, summary  # noqa: E402

summary.HistogramProto = dict
# PyTorch 1.13 asks numpy.greater for a dtype that numpy since 1.24 refuses
greater = numpy.greater
numpy.greater = lambda left, right, dtype=None: greater(left, right)

random = numpy.random.RandomState(3)
values = {
    "normal": random.randn(300),
    "skewed": numpy.round(random.exponential(size=120), 6),
    "constant": numpy.full(7, 2.5),
    "integers": numpy.array([0, 0, 1, 5, -3, 5, 5, 100], float),
    "tiny": numpy.array([0.0, 1e-13, -1e-13]),
    "one": numpy.array([3.0]),
}
bins = {"Tensorflow": SummaryWriter(tempfile.mkdtemp()).default_bins, "Doane": "doane", "Rice": "rice", "Scott": "scott", "Sqrt": "sqrt",
        "Stone": "stone", "Sturges": "sturges"}
cases = []
for name, array in values.items():
    for selector, rule in bins.items():
        for most in [None, 20] if selector == "Tensorflow" else [None]:
            made = summary.make_histogram(array, rule, most)
            cases.append({"name": name, "bins": selector, "max": most, "min": float(made["min"]), "maximum": float(made["max"]),
                          "sum": float(made["sum"]), "squares": float(made["sum_squares"]), "num": made["num"],
                          "limits": made["bucket_limit"], "buckets": [float(count) for count in made["bucket"]]})
with open("histograms.json", "w") as file:
    json.dump({"values": {name: array.tolist() for name, array in values.items()}, "cases": cases}, file, indent=1)
