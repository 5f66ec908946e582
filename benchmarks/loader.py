#!/usr/bin/python3
"""How many images a second are loaded, ours beside torchvision's DataLoader and Pillow, on the same files.

    mvn -Pbenchmarks -pl benchmarks/jmh -am package -DskipTests -Dinvoker.skip
    benchmarks/loader.py FOLDER

FOLDER holds one folder a class, of JPEG files. Everything runs in alternation, a few rounds of it, each time in a fresh process;
medians are printed, with the least and the most. Both sides end with a tensor of normalised floats, ours in libtorch in the
environment of the trainer. The time to start Java or Python is not in it. FOLDER should have some thousands of files, as a first
epoch has: benchmarks/natural_set.py makes them. Needs python3-torch, python3-torchvision and java.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

import trainer

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE / "jmh/target"
MODES = ["train", "evaluate"]


def torchvision_side(options):
    """In a process of its own: one line NAME NUMBER... for each thing that is measured."""
    import torch
    from torchvision import datasets, transforms

    torch.set_num_threads(1)
    normalize = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    pixels = {
        "train": [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip()],
        "evaluate": [transforms.Resize(256), transforms.CenterCrop(224)],
    }

    def show(name, rates):
        print(name, *("%.1f" % rate for rate in rates))

    def measured(work, images, clock):
        start = clock()
        count = work(images)
        return count / (clock() - start)

    if options.side == "stages":
        from PIL import Image

        files = datasets.ImageFolder(options.folder).imgs
        files = [files[i * len(files) // 200][0] for i in range(200)]

        def decode(paths):
            return len([Image.open(path).convert("RGB") for path in paths])

        images = [Image.open(path).convert("RGB") for path in files]
        show("decode", [measured(decode, files, time.process_time) for _ in range(options.epochs)])
        for mode in MODES:
            transform = transforms.Compose(pixels[mode])
            work = lambda all: len([transform(image) for image in all])
            show(mode, [measured(work, images, time.process_time) for _ in range(options.epochs)])
        return

    images = datasets.ImageFolder(
        options.folder, transforms.Compose(pixels[options.side] + [transforms.ToTensor(), normalize]))
    loader = torch.utils.data.DataLoader(
        images, 32, options.side == "train", num_workers=options.threads, persistent_workers=options.threads > 0)
    # Without workers all of the work is this process's, so that its time can be told.
    clock = time.process_time if options.threads == 0 else time.monotonic
    show("kept", [measured(lambda batches: sum(len(y) for _, y in batches), loader, clock) for _ in range(options.epochs)])


def run(command, environment=None):
    lines = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment).stdout
    return {name: [float(n) for n in numbers] for name, *numbers in map(str.split, lines.splitlines())}


def ours(options, threads, side):
    classes = "%s:%s" % (TARGET / "classes", (TARGET / "classpath").read_text())
    return run(["java", "-cp", classes, "io.transferlearning.benchmarks.LoaderRates", options.folder, str(threads),
                str(options.epochs), side], trainer.environment(threads))


def theirs(options, threads, side):
    return run([sys.executable, __file__, options.folder, "--threads", str(threads), "--epochs", str(options.epochs),
                "--side", side])


def text(rates):
    return "%6.0f (%.0f to %.0f)" % (statistics.median(rates), min(rates), max(rates))


def compare(options):
    if not (TARGET / "classpath").exists():
        sys.exit("there is no %s: run the command at the top of this file" % (TARGET / "classpath"))
    best = {}
    for mode in MODES:
        few = argparse.Namespace(**{**vars(options), "epochs": 2})
        rates = {n: statistics.median(theirs(few, n, mode)["kept"][1:]) for n in options.workers}
        best[mode] = max(rates, key=rates.get)
        print("torchvision %s, images a second by workers: %s" % (
            mode, ", ".join("%d: %.0f" % each for each in rates.items())), flush=True)
    found = {}

    def note(key, rates):
        found.setdefault(key, []).extend(rates)

    for number in range(options.rounds):
        for mode in MODES:
            our = ours(options, options.threads, mode)
            note((mode, "our first"), our["kept"][:1])
            note((mode, "our decoding"), our["decoding"][1:])
            note((mode, "our kept"), our["kept"][1:])
            note((mode, "our decoding-processor"), our["decoding-processor"][1:])
            note((mode, "our kept-processor"), our["kept-processor"][1:])
            note((mode, "their processor"), theirs(options, 0, mode)["kept"][1:])
            for workers in sorted({options.threads, best[mode]}):
                their = theirs(options, workers, mode)["kept"]
                note((mode, "first", workers), their[:1])
                note((mode, "later", workers), their[1:])
        for side, result in (("our", ours(options, 1, "stages")), ("their", theirs(options, 1, "stages"))):
            for name, rates in result.items():
                note((side, name), rates[len(rates) // 2:])
        print("round %d of %d" % (number + 1, options.rounds), flush=True)
    print("\nimages for a second of a core's time      ours   Pillow    ratio")
    for name in ["decode"] + MODES:
        a, b = statistics.median(found["our", name]), statistics.median(found["their", name])
        print("  %-36s %8.0f %8.0f %8.2f" % (name if name == "decode" else name + ", resize and crop", a, b, a / b))
    for mode in MODES:
        their = statistics.median(found[mode, "their processor"])
        for title, mine in (("decoding", "our decoding-processor"), ("kept", "our kept-processor")):
            our = statistics.median(found[mode, mine])
            print("  %-36s %8.0f %8.0f %8.2f" % ("whole loader, %s, %s" % (mode, title), our, their, our / their))
    print("  whole loader: torchvision's without workers")
    for mode in MODES:
        print("\n%s: images a second, median (least to most), and the ratio of medians" % mode)
        for workers in sorted({options.threads, best[mode]}):
            rows = [
                ("the first epoch", "our first", "first"),
                ("an epoch that decodes", "our decoding", "later"),
                ("an epoch after the first", "our kept", "later"),
            ]
            print("  ours with %d threads beside torchvision with %d workers" % (options.threads, workers))
            for title, mine, other in rows:
                a = found[mode, mine]
                b = found[mode, other, workers]
                print("    %-26s %-24s %-24s %5.2f" % (
                    title, text(a), text(b), statistics.median(a) / statistics.median(b)))


arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("folder", help="with a folder of JPEG files for each class")
arguments.add_argument("--threads", type=int, default=os.cpu_count(), help="our threads, and torchvision's first number of workers")
arguments.add_argument("--workers", type=int, nargs="+", default=[1, 2, 3, 4], help="numbers of workers to find the best of")
arguments.add_argument("--epochs", type=int, default=3)
arguments.add_argument("--rounds", type=int, default=3)
arguments.add_argument("--side", choices=MODES + ["stages"], help=argparse.SUPPRESS)
if __name__ == "__main__":
    parsed = arguments.parse_args()
    torchvision_side(parsed) if parsed.side else compare(parsed)
