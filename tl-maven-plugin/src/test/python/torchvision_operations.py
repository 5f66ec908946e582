"""Applies torchvision's operations on Pillow's images to what a Java test wrote, for a comparison byte by byte.

    /usr/bin/python3 torchvision_operations.py FOLDER

FOLDER/cases.txt has a line for each case: operation, width, height, and the operation's numbers. FOLDER/input.rgb has
the RGB bytes of the cases' images, one after the other; FOLDER/output.rgb gets those of the results. A case of width 0
starts from a file, the first of its arguments (with %20 for a blank), which Pillow decodes.
"""

import pathlib
import sys
import urllib.parse

from PIL import Image
from torchvision.transforms import autoaugment, functional
from torchvision.transforms.functional import InterpolationMode

FILTERS = {
    "nearest": InterpolationMode.NEAREST,
    "bilinear": InterpolationMode.BILINEAR,
    "bicubic": InterpolationMode.BICUBIC,
}


def resized(image, name, left, top, right, bottom, width, height):
    size = [int(height), int(width)]
    left, top, right, bottom = map(int, (left, top, right, bottom))
    return functional.resized_crop(image, top, left, bottom - top, right - left, size, FILTERS[name])


def evaluated(image, name, resize, crop):
    return functional.center_crop(functional.resize(image, [int(resize)], FILTERS[name]), [int(crop)])


def trivial(image, name, magnitude, filter):
    return autoaugment._apply_op(image, name, float(magnitude), FILTERS[filter], None)


OPERATIONS = {
    "decode": lambda image: image,
    "hflip": functional.hflip,
    "vflip": functional.vflip,
    "brightness": lambda image, factor: functional.adjust_brightness(image, float(factor)),
    "contrast": lambda image, factor: functional.adjust_contrast(image, float(factor)),
    "saturation": lambda image, factor: functional.adjust_saturation(image, float(factor)),
    "sharpness": lambda image, factor: functional.adjust_sharpness(image, float(factor)),
    "hue": lambda image, factor: functional.adjust_hue(image, float(factor)),
    "rotate": lambda image, degrees, name: functional.rotate(image, float(degrees), FILTERS[name]),
    "resize": resized,
    "evaluate": evaluated,
    "trivial": trivial,
}


def main(folder):
    pixels = memoryview((folder / "input.rgb").read_bytes())
    with open(folder / "output.rgb", "wb") as output:
        for line in (folder / "cases.txt").read_text().splitlines():
            name, width, height, *numbers = line.split(" ")
            if width == "0":
                image = Image.open(urllib.parse.unquote(numbers.pop(0))).convert("RGB")
            else:
                size = int(width) * int(height) * 3
                image = Image.frombytes("RGB", (int(width), int(height)), bytes(pixels[:size]))
                pixels = pixels[size:]
            output.write(OPERATIONS[name](image, *numbers).tobytes())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
