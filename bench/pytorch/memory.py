"""How much a long training keeps. Memory/MemorySide.cs has the same."""
import torch
import torch.nn as nn
import torch.nn.functional as F

WARM_UP, STEPS = 2_000, 20_000


def resident_mb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def growth(step):
    for _ in range(WARM_UP):
        step()
    before = resident_mb()
    for _ in range(STEPS):
        step()
    return resident_mb() - before


def main():
    images, labels = torch.randn(64, 784), torch.randint(0, 10, [64])
    model = nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()

    print(f"a small network, nothing disposed\t{growth(step)}")
    print(f"the same in dispose scopes\t{growth(step)}")
    print(f"a tensor of 4 MB, not disposed\t{growth(lambda: torch.zeros(1 << 20))}")


if __name__ == "__main__":
    main()
