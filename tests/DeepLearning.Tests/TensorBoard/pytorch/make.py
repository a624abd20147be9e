"""Writes the runs beside this file by PyTorch's SummaryWriter: python3 make.py. Made with PyTorch 1.13.1."""
import os
import shutil

import numpy
import torch

# PyTorch 1.13 asks numpy.greater for numbers, which newer numpys refuse
greater = numpy.greater
numpy.greater = lambda a, b, dtype=bool: greater(a, b).astype(dtype)

try:
    import tensorboard  # noqa: F401
except ImportError:
    import stand_in
    stand_in.install()

from torch.utils.tensorboard import SummaryWriter

here = os.path.dirname(os.path.abspath(__file__))
run = os.path.join(here, "run")
shutil.rmtree(run, ignore_errors=True)
torch.manual_seed(0)
with SummaryWriter(run) as writer:
    for step in range(5):
        writer.add_scalar("loss/train", 1 / (1 + step), step, walltime=1_700_000_000 + step)
    writer.add_scalars("accuracy", {"train": 0.5, "test": 0.25}, 3)
    writer.add_histogram("weights", torch.arange(10.0) - 4, 2)
    writer.add_image("picture", torch.arange(12.0).view(1, 3, 4) / 11, 1)
    writer.add_text("note", "**bold** 注", 4)
    writer.add_graph(torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU()), torch.zeros(2, 4))
    writer.add_hparams({"lr": 0.1, "network": "plain", "shuffle": True}, {"hparam/accuracy": 0.5}, run_name="settings")
for folder, _, files in os.walk(run):
    for file in files:
        # the same names each time, so that a new fixture replaces the old one
        os.rename(os.path.join(folder, file), os.path.join(folder, "events.out.tfevents.1700000000.pytorch"))
