"""Writes transforms.json: what torchvision's transforms and make_grid give for small images, as sizes and values.

Run with python3-torchvision 0.14.1: python3 transforms.py > transforms.json
"""
import json
import warnings

import torch
import torchvision.transforms as t
import torchvision.transforms.functional as f
from torchvision.utils import make_grid

warnings.simplefilter("ignore")
BILINEAR, BICUBIC = t.InterpolationMode.BILINEAR, t.InterpolationMode.BICUBIC

batch = torch.arange(180, dtype=torch.float32).mul(0.37).sin().mul(0.5).add(0.5).reshape(2, 3, 5, 6)
image = batch[0]
pixels = (torch.arange(90) * 37 % 256).to(torch.uint8).reshape(3, 5, 6)
grey = batch[0, :1]
wide = torch.arange(300, dtype=torch.float32).mul(0.11).cos().mul(0.5).add(0.5).reshape(3, 10, 10)

EXPRESSIONS = {
    "to tensor": lambda: t.ToTensor()(pixels.permute(1, 2, 0).numpy()),
    "to tensor grey": lambda: t.ToTensor()(pixels[0].numpy()),
    "normalize": lambda: t.Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4])(image),
    "normalize batch": lambda: t.Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4])(batch),
    "normalize grey": lambda: t.Normalize([0.286], [0.3205])(grey),
    "to float": lambda: t.ConvertImageDtype(torch.float32)(pixels),
    "to byte": lambda: t.ConvertImageDtype(torch.uint8)(image),
    "to short": lambda: t.ConvertImageDtype(torch.int16)(pixels),
    "short to byte": lambda: t.ConvertImageDtype(torch.uint8)(pixels.to(torch.int16) * 100),
    "resize": lambda: t.Resize((3, 8), BILINEAR)(image),
    "resize batch": lambda: t.Resize((3, 8), BILINEAR)(batch),
    "resize nearest": lambda: t.Resize((7, 4), t.InterpolationMode.NEAREST)(image),
    "resize bicubic": lambda: t.Resize((7, 8), BICUBIC)(pixels),
    "resize antialias": lambda: t.Resize((4, 3), BILINEAR, antialias=True)(wide),
    "resize bytes": lambda: t.Resize((3, 8), BILINEAR)(pixels),
    "resize shorter edge": lambda: t.Resize(3, BILINEAR)(image),
    "resize longest edge": lambda: t.Resize(6, BILINEAR, max_size=7)(image),
    "crop": lambda: f.crop(image, 1, 2, 3, 3),
    "crop outside": lambda: f.crop(image, -1, 4, 3, 5),
    "center crop": lambda: t.CenterCrop((2, 3))(image),
    "center crop larger": lambda: t.CenterCrop((8, 3))(image),
    "resized crop": lambda: f.resized_crop(image, 1, 1, 3, 4, [6, 2], BILINEAR),
    "horizontal flip": lambda: f.hflip(batch),
    "vertical flip": lambda: f.vflip(image),
    "pad": lambda: t.Pad([1, 2, 3, 0], 0.5)(image),
    "pad two": lambda: t.Pad([1, 2])(pixels),
    "pad reflect": lambda: t.Pad(2, padding_mode="reflect")(pixels),
    "pad edge": lambda: t.Pad(1, padding_mode="edge")(batch),
    "grayscale": lambda: t.Grayscale()(batch),
    "grayscale bytes": lambda: t.Grayscale(3)(pixels),
    "brightness": lambda: f.adjust_brightness(image, 1.3),
    "brightness bytes": lambda: f.adjust_brightness(pixels, 0.7),
    "contrast": lambda: f.adjust_contrast(batch, 1.4),
    "contrast bytes": lambda: f.adjust_contrast(pixels, 0.6),
    "contrast grey": lambda: f.adjust_contrast(grey, 0.6),
    "saturation": lambda: f.adjust_saturation(image, 1.7),
    "hue": lambda: f.adjust_hue(image, 0.2),
    "hue batch": lambda: f.adjust_hue(batch, -0.45),
    "hue of grey pixels": lambda: f.adjust_hue(grey.expand(3, -1, -1), 0.3),
    "gamma": lambda: f.adjust_gamma(image, 1.8, 0.9),
    "gamma bytes": lambda: f.adjust_gamma(pixels, 0.5),
    "sharpness": lambda: f.adjust_sharpness(image, 1.9),
    "sharpness bytes": lambda: f.adjust_sharpness(pixels, 0.3),
    "invert": lambda: f.invert(pixels),
    "erase": lambda: f.erase(image, 1, 2, 3, 2, torch.tensor(0.25)),
    "rotate": lambda: f.rotate(image, 30),
    "rotate bilinear": lambda: f.rotate(batch, -75.5, BILINEAR),
    "rotate expand": lambda: f.rotate(image, 45, BILINEAR, expand=True),
    "rotate about": lambda: f.rotate(image, 20, BILINEAR, center=[1, 2]),
    "rotate fill": lambda: f.rotate(image, 40, fill=[0.1, 0.5, 0.9]),
    "rotate fill bilinear": lambda: f.rotate(image, 40, BILINEAR, fill=[0.7]),
    "rotate bytes": lambda: f.rotate(pixels, 25, BILINEAR),
    "affine": lambda: f.affine(image, 15, [1, -2], 1.2, [10, 5], BILINEAR),
    "random flips": lambda: seeded(t.RandomHorizontalFlip(), image),
    "random crops": lambda: seeded(t.RandomCrop((3, 4)), image),
    "random padded crops": lambda: seeded(t.RandomCrop((6, 7), [1, 0], pad_if_needed=True, fill=0.5), image),
    "random resized crops": lambda: seeded(t.RandomResizedCrop((4, 4), interpolation=BILINEAR), wide),
    "random resized slices": lambda: seeded(t.RandomResizedCrop((4, 4), (0.9, 1), (4, 5), BILINEAR), wide),
    "random erasing": lambda: seeded(t.RandomErasing(0.8), wide),
    "random erasing with noise": lambda: seeded(t.RandomErasing(1, (0.1, 0.2), value="random"), wide),
    "random rotation": lambda: seeded(t.RandomRotation(60), image),
    "random grayscale": lambda: seeded(t.RandomGrayscale(0.5), image),
    "random apply": lambda: seeded(t.RandomApply([t.Grayscale(3), t.Pad(1)], 0.5), image),
    "colour jitter": lambda: seeded(t.ColorJitter(0.4, 0.3, 0.2, 0.1), image),
    "colour jitter of two": lambda: seeded(t.ColorJitter(0, 0.3, 0, 0.5), image),
    "grid": lambda: make_grid(torch.cat([batch, batch + 1, batch[:1]]), 3),
    "grid of grey": lambda: make_grid(batch[:, :1], padding=1, pad_value=0.5),
    "grid normalized": lambda: make_grid(batch * 3 - 1, normalize=True),
    "grid normalized each": lambda: make_grid(batch * torch.tensor([3.0, 0.5]).view(2, 1, 1, 1), 1, normalize=True, scale_each=True),
    "grid in range": lambda: make_grid(batch, normalize=True, value_range=(0.2, 0.6)),
    "grid of one": lambda: make_grid(grey),
    "grid of a matrix": lambda: make_grid(grey[0], normalize=True),
    "grid of bytes": lambda: make_grid(torch.stack([pixels, pixels.flip(0)]), pad_value=9),
    "grid of a list": lambda: make_grid([image, wide[:, :5, :6]], 1, 0),
}


def seeded(transform, image):
    torch.manual_seed(5)
    results = [transform(image) for _ in range(6)]
    return torch.cat([result.flatten() for result in results])


def entry(value):
    return {"size": list(value.shape), "values": [round(number, 6) for number in value.double().flatten().tolist()]}


print(json.dumps({name: entry(make()) for name, make in EXPRESSIONS.items()}, separators=(",", ":")))
