"""Draws the random parameters of torchvision's transforms, for a comparison of distributions.

    /usr/bin/python3 torchvision_distributions.py DRAWS

Prints a line for each parameter: its name and the drawn numbers.
"""

import math
import random
import sys

import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import autoaugment

BRIGHTNESS, HUE = 0.4, 0.1


def crops(draws):
    image = Image.new("RGB", (200, 150))
    boxes = [transforms.RandomResizedCrop.get_params(image, (0.08, 1.0), (3 / 4, 4 / 3)) for _ in range(draws)]
    yield "crop top", [top for top, left, height, width in boxes]
    yield "crop left", [left for top, left, height, width in boxes]
    yield "crop height", [height for top, left, height, width in boxes]
    yield "crop width", [width for top, left, height, width in boxes]
    yield "crop ratio", [width / height for top, left, height, width in boxes]


def erasings(draws):
    image = torch.zeros(3, 224, 160)
    boxes = [transforms.RandomErasing.get_params(image, (0.02, 0.33), (0.3, 3.3), [0.0])[:4] for _ in range(draws)]
    # No box is told as all of the image.
    boxes = [box for box in boxes if box[2] < 224]
    for place, name in enumerate(("top", "left", "height", "width")):
        yield "erasing " + name, [box[place] for box in boxes]


def jitters(draws):
    jitter = transforms.ColorJitter(BRIGHTNESS, 1.5, 0.0, HUE)
    drawn = [jitter.get_params(jitter.brightness, jitter.contrast, jitter.saturation, jitter.hue) for _ in range(draws)]
    yield "jitter brightness", [one[1] for one in drawn]
    yield "jitter contrast", [one[2] for one in drawn]
    yield "jitter hue", [one[4] for one in drawn]
    yield "jitter place of hue", [one[0].tolist().index(3) for one in drawn]


def trivial(draws):
    """Operation and magnitude, caught where torchvision would apply them."""
    caught = []
    autoaugment._apply_op = lambda image, name, magnitude, **_: caught.append((name, magnitude)) or image
    transform = transforms.TrivialAugmentWide()
    names = list(transform._augmentation_space(31))
    image = Image.new("RGB", (2, 2))
    for _ in range(draws):
        transform(image)
    yield "trivial operation", [names.index(name) for name, _ in caught]
    for name in ("ShearX", "TranslateY", "Rotate", "Sharpness", "Posterize", "Solarize"):
        yield "trivial " + name, [magnitude for one, magnitude in caught if one == name]


def mixtures(draws):
    """The formulas of RandomMixup and RandomCutmix in torchvision's references/classification/transforms.py."""
    for alpha in (0.2, 1.0):
        yield "mixup %s" % alpha, [
            float(torch._sample_dirichlet(torch.tensor([alpha, alpha]))[0]) for _ in range(draws)
        ]
    shares, lefts = [], []
    for _ in range(draws):
        share = float(torch._sample_dirichlet(torch.tensor([1.0, 1.0]))[0])
        x, y = int(torch.randint(224, (1,))), int(torch.randint(224, (1,)))
        half = int(0.5 * math.sqrt(1.0 - share) * 224)
        left, top, right, bottom = max(0, x - half), max(0, y - half), min(224, x + half), min(224, y + half)
        shares.append(1 - (right - left) * (bottom - top) / (224 * 224))
        lefts.append(left)
    yield "cutmix share", shares
    yield "cutmix left", lefts


def main(draws):
    torch.manual_seed(0)
    random.seed(0)
    for part in (crops, erasings, jitters, trivial, mixtures):
        for name, numbers in part(draws):
            print(name.replace(" ", "_"), *("%.7g" % number for number in numbers))


if __name__ == "__main__":
    main(int(sys.argv[1]))
