#!/usr/bin/python3
"""Writes what Pillow makes of a synthetic image, for ResamplerGoldenTest.

Run with Debian's Python (python3-pil); the output is committed:

    /usr/bin/python3 src/test/python/pillow_golden.py src/test/resources/io/transferlearning/data/image

The image is a formula, so that Java makes the same one. A line of the output is a case: filter, source
size, box (left top right bottom), target size, and the SHA-256 of the result's RGB bytes; of small results
also the bytes themselves, in hexadecimal.
"""
import hashlib
import pathlib
import sys

from PIL import Image

FILTERS = {"BILINEAR": Image.BILINEAR, "BICUBIC": Image.BICUBIC}

# Source size, box or None, target size.
CASES = [
    ((10, 8), None, (4, 4)),
    ((5, 7), None, (9, 6)),
    ((3, 3), None, (8, 8)),
    ((1, 1), None, (3, 2)),
    ((17, 5), None, (17, 3)),
    ((6, 19), None, (4, 19)),
    ((12, 12), None, (12, 12)),
    ((20, 16), (3, 2, 14, 13), (5, 7)),
    ((20, 16), (0, 0, 2, 15), (6, 6)),
    ((150, 150), None, (256, 256)),
    ((500, 375), None, (341, 256)),
    ((333, 517), None, (64, 99)),
    ((500, 375), (101, 33, 402, 250), (224, 224)),
    ((97, 61), (11, 7, 52, 58), (224, 224)),
    ((40, 30), None, (31, 19)),
    ((40, 30), None, (21, 16)),
    ((60, 48), (1, 1, 59, 47), (20, 9)),
    ((90, 7), None, (11, 6)),
    ((7, 90), None, (7, 41)),
    ((2, 50), None, (9, 12)),
    ((800, 600), None, (341, 256)),
]


def synthetic(width, height):
    """Smooth ramps, hard edges and noise in one: the same formula as in SyntheticImage.java."""
    data = bytearray()
    for y in range(height):
        for x in range(width):
            data.append((x * 7 + y * 3) & 255)
            data.append(255 if ((x >> 2) + (y >> 2)) & 1 else 0)
            data.append((x * x * 31 + y * y * 17 + x * y * 13) & 255)
    return Image.frombytes("RGB", (width, height), bytes(data))


def main(folder):
    lines = []
    for name, resample in FILTERS.items():
        for size, box, target in CASES:
            image = synthetic(*size)
            box = box or (0, 0, *size)
            # torchvision cuts first, so the filter sees nothing outside of the box.
            rgb = image.crop(box).resize(target, resample).tobytes()
            shown = rgb.hex() if len(rgb) <= 300 else "-"
            numbers = [*size, *box, *target]
            lines.append(" ".join([name, *map(str, numbers), hashlib.sha256(rgb).hexdigest(), shown]))
    (pathlib.Path(folder) / "pillow-resize.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
