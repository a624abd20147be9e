"""Writes png.json: small PNG files of every kind (in base64), and their pixels as Pillow reads them, channel after channel.

Run with python3-pil: python3 png.py > png.json
"""
import base64
import io
import json
import struct
import zlib

from PIL import Image

WIDTH, HEIGHT = 11, 9
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
MODES = {0: "L", 2: "RGB", 3: "RGB", 4: "LA", 6: "RGBA"}


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def row(samples, depth):
    """Samples as bytes, the first in the highest bits."""
    bits = "".join(format(sample, f"0{depth}b") for sample in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(kind, line, above, size):
    left, corner = bytes(size) + line, bytes(size) + above
    guess = [lambda i: 0, lambda i: left[i], lambda i: above[i], lambda i: (left[i] + above[i]) // 2,
             lambda i: paeth(left[i], above[i], corner[i])][kind]
    return bytes([kind]) + bytes((value - guess(i)) % 256 for i, value in enumerate(line))


def png(color, depth, interlaced=False, transparency=None):
    count, most = SAMPLES[color], 2 ** depth
    sample = lambda x, y, c: (x * 7919 + y * 104729 + c * 1299709 + x * y * 31) % most
    raw = b""
    for left, top, across, down in PASSES if interlaced else [(0, 0, 1, 1)]:
        columns, above = range(left, WIDTH, across), None
        for number, y in enumerate(range(top, HEIGHT, down) if columns else []):
            line = row([sample(x, y, c) for x in columns for c in range(count)], depth)
            raw += filtered(number % 5, line, above or bytes(len(line)), max(1, count * depth // 8))
            above = line
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, color, 0, 0, interlaced)), chunk(b"tEXt", b"Title\0wave")]
    if color == 3:
        parts.append(chunk(b"PLTE", bytes((i * step + step) % 256 for i in range(most) for step in (53, 97, 151))))
    if transparency:
        parts.append(chunk(b"tRNS", transparency))
    data = zlib.compress(raw)
    # in two pieces, as it may come
    parts += [chunk(b"IDAT", data[:10]), chunk(b"IDAT", data[10:]), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pixels(file, mode):
    image = Image.open(io.BytesIO(file))
    if image.mode.startswith("I"):
        return [round(value / 257) for value in image.getdata()]
    return [value for band in image.convert(mode).split() for value in band.getdata()]


def files():
    kinds = [(0, d) for d in (1, 2, 4, 8, 16)] + [(3, d) for d in (1, 2, 4, 8)] + [(c, 8) for c in (2, 4, 6)]
    for color, depth in kinds:
        for interlaced in (False, True):
            yield f"color {color}, depth {depth}{', interlaced' * interlaced}", png(color, depth, interlaced), MODES[color]
    yield "palette with transparency", png(3, 4, transparency=bytes([0, 100, 200])), "RGBA"


print(json.dumps({
    name: {"file": base64.b64encode(file).decode(), "size": [len(mode), HEIGHT, WIDTH], "pixels": pixels(file, mode)}
    for name, file, mode in files()
}, separators=(",", ":")))
