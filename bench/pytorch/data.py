"""60,000 images, as in MNIST's training set, in shuffled, normalized batches of 64, without training. Data/DataSide.cs has the same."""
import struct
import tempfile
import time
from pathlib import Path

import numpy as np
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

IMAGES = 60_000


def write(path, sizes):
    elements = np.random.default_rng(0).integers(0, 10, sizes, dtype=np.uint8)
    path.write_bytes(struct.pack(f">BBBB{len(sizes)}I", 0, 0, 8, len(sizes), *sizes) + elements.tobytes())


def main():
    with tempfile.TemporaryDirectory() as root:
        raw = Path(root) / "MNIST" / "raw"
        raw.mkdir(parents=True)
        for prefix in ("train", "t10k"):
            write(raw / f"{prefix}-images-idx3-ubyte", [IMAGES, 28, 28])
            write(raw / f"{prefix}-labels-idx1-ubyte", [IMAGES])
        scale = [transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081)]
        augment = [transforms.RandomCrop(28, padding=2), transforms.RandomHorizontalFlip()]
        plain = datasets.MNIST(root, transform=transforms.Compose(scale))
        augmented = datasets.MNIST(root, transform=transforms.Compose(augment + scale))
    for name, images in (("", plain), (" crop and flip,", augmented)):
        for workers in (0, 1):
            start = time.perf_counter()
            for _ in DataLoader(images, batch_size=64, shuffle=True, num_workers=workers):
                pass
            print(f"{IMAGES:,} images,{name} {workers} workers\t{(time.perf_counter() - start) * 1000}")


if __name__ == "__main__":
    main()
