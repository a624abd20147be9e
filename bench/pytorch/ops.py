"""Operators on tensors so small that the cost of the call dominates. Ops/OpsSide.cs has the same."""
import time

import torch
import torch.nn.functional as F

CALLS = 5000


def microseconds(work, calls=CALLS, batches=15):
    """Microseconds that one call takes in the best of several batches, after as many calls to warm up."""
    for _ in range(calls):
        work()
    best = float("inf")
    for _ in range(batches):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        best = min(best, (time.perf_counter() - start) / calls * 1e6)
    return best


def main():
    a, b = torch.randn(16), torch.randn(16)
    row, square = torch.randn(1, 16), torch.randn(16, 16)
    weight = torch.randn(16, 16, requires_grad=True)
    for name, work in {
        "a + b": lambda: a + b,
        "a + 1": lambda: a + 1,
        "a.add_(b)": lambda: a.add_(b),
        "relu(a)": lambda: F.relu(a),
        "a[1]": lambda: a[1],
        "a.view(4, 4)": lambda: a.view(4, 4),
        "a.sum()": lambda: a.sum(),
        "mean(0, keepdim)": lambda: square.mean([0], keepdim=True),
        "cat([a, b])": lambda: torch.cat([a, b]),
        "matmul, 16 x 16": lambda: torch.matmul(square, square),
        "zeros(16)": lambda: torch.zeros(16),
        "a.sum().item()": lambda: a.sum().item(),
        "a.sum().item(), not disposed": lambda: a.sum().item(),
        "linear, with gradient": lambda: F.linear(row, weight),
        "linear, sum, backward": lambda: F.linear(row, weight).sum().backward(),
    }.items():
        print(f"{name}\t{microseconds(work)!r}")


if __name__ == "__main__":
    main()
