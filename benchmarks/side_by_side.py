#!/usr/bin/python3
"""Runs the plugin and the torchvision script (torchvision_transfer.py) in turn, on the same images, weights, threads and epochs, and
replaces the row of each task that was run in BENCHMARKS.md, between the two marks of this script.

    mvn install -DskipTests && benchmarks/side_by_side.py --data FOLDER [--rounds 3 | --folds 4] [--only TEXT] [--print]

FOLDER holds the data at hand: scenes/ and cifar10/ (each with seg_train and seg_test) and weights/ (safetensors under torchvision's
names). Whole commands from nothing: the plugin's time includes Maven, two JVMs, the audit, the report and the zip. Its caches of
features and images are emptied before every run; libtorch stays unpacked, as Python's is installed. Memory is the most that all
processes of a command have together, shared pages counted once (proportional set size). Ratios are of pairs that ran one after the other; epochs are the median of all but
the first. With --folds, each round tests on a part of its own of all images of a set (the same share of each class) and trains on the
rest, so that every image is asked once; the images that only one of both gets right are compared by McNemar's exact test, and
BENCHMARKS.md is left alone. Needs Debian's python3-torch and python3-torchvision."""

import argparse
import csv
import math
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time

import memory

HERE = pathlib.Path(__file__).resolve().parent
BEGIN, END = "<!-- side_by_side.py: begin -->", "<!-- side_by_side.py: end -->"
FEATURES, FINETUNE = "feature-extraction", "finetune"

# name, model, weights file, dataset, mode, epochs, further properties of the plugin
TASKS = [
    ("SqueezeNet 1.1, scenes", "squeezenet1_1", "scenes", FEATURES, 15, {}),
    ("SqueezeNet 1.1, CIFAR-10", "squeezenet1_1", "cifar10", FEATURES, 15, {}),
    ("ResNet-50, scenes", "resnet50_v1", "scenes", FEATURES, 15, {}),
    ("ResNet-50, CIFAR-10", "resnet50_v1", "cifar10", FEATURES, 15, {}),
    ("SqueezeNet 1.1, scenes, fp32", "squeezenet1_1", "scenes", FINETUNE, 3, {"precision": "fp32"}),
    ("SqueezeNet 1.1, scenes, bf16", "squeezenet1_1", "scenes", FINETUNE, 3, {"precision": "bf16"}),
    ("ResNet-50, scenes, fp32", "resnet50_v1", "scenes", FINETUNE, 2, {"precision": "fp32"}),
    ("ResNet-50, scenes, bf16", "resnet50_v1", "scenes", FINETUNE, 2, {"precision": "bf16"}),
]

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--data", required=True, type=pathlib.Path)
arguments.add_argument("--rounds", type=int, default=3)
arguments.add_argument("--folds", type=int, help="cross-validation in so many parts, instead of rounds")
arguments.add_argument("--only", default="", help="tasks whose name and mode contain this")
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--maven", default="mvn -o -B -ntp", help="how Maven is called")
arguments.add_argument("--print", action="store_true", help="do not touch BENCHMARKS.md")
options = arguments.parse_args()
data = options.data.resolve()
version = re.search(r"<version>(.*?)</version>", (HERE.parent / "pom.xml").read_text()).group(1)


def measured(command, folder):
    """Seconds, peak MiB of all processes together, output."""
    log = folder / "log"
    start = time.monotonic()
    peak = 0
    with open(log, "w") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        while True:
            try:
                process.wait(0.5)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, memory.proportional(process.pid))
    seconds = time.monotonic() - start
    text = log.read_text()
    if process.returncode != 0:
        raise SystemExit("%s failed:\n%s" % (" ".join(map(str, command)), text))
    return seconds, peak, text


def accuracy(text):
    return float(re.findall(r"test accuracy ([0-9.]+)", text)[-1])


def right(file):
    """Whether each test image was recognised, from a file with the columns image and correct."""
    with open(file) as rows:
        return {row["image"]: row["correct"] == "true" for row in csv.DictReader(rows)}


def part(source, number, folder):
    """A set of the same images whose test images are those of one part."""
    shutil.rmtree(folder, ignore_errors=True)
    for kind in sorted(path.name for path in (source / "seg_train").iterdir()):
        files = sorted(file for held in ("seg_train", "seg_test") for file in (source / held / kind).iterdir())
        random.Random(kind).shuffle(files)
        for i, file in enumerate(files):
            target = folder / ("seg_test" if i % options.folds == number - 1 else "seg_train") / kind
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / (file.parent.parent.name + "-" + file.name))
    return folder


def plugin(task, images, folder, seed):
    _, model, _, mode, epochs, properties = task
    shutil.rmtree(folder / "target", ignore_errors=True)
    caches = folder / "caches"
    for kind in ("features", "images"):
        shutil.rmtree(caches / kind, ignore_errors=True)
    settings = {
        "transfer.mode": mode,
        "transfer.seed": seed,
        "transfer.dataset": images,
        "transfer.weights": data / "weights" / (model + ".imagenet.safetensors"),
        "transfer.threads": options.threads,
        "transfer.cacheDirectory": caches,
    }
    if mode == FINETUNE:
        settings.update({"transfer.epochs": epochs, "transfer.batchSize": 32, "transfer.patience": 0})
    settings.update({"transfer." + name: value for name, value in properties.items()})
    goal = "io.transferlearning:tl-maven-plugin:%s:train" % version
    command = options.maven.split() + [goal, "-Dmodel=" + model] + ["-D%s=%s" % s for s in settings.items()]
    seconds, most, text = measured(command, folder)
    results = folder / "target" / "transfer" / (model + "-" + mode)
    with open(results / "history.csv") as file:
        epochs_seconds = [float(row["seconds"]) for row in csv.DictReader(file)]
    return seconds, most, accuracy(text), epochs_seconds, right(results / "predictions.csv")


def torchvision(task, images, folder, seed):
    _, model, _, mode, epochs, _ = task
    predictions = folder / "predictions.csv"
    weights = data / "weights" / (model + ".imagenet.safetensors")
    command = ["/usr/bin/python3", HERE / "torchvision_transfer.py", images, weights, "--model", model]
    command += ["--predictions", predictions, "--mode", mode, "--epochs", str(epochs), "--threads", str(options.threads), "--seed", str(seed)]
    seconds, most, text = measured(command, folder)
    epochs_seconds = [float(s) for s in re.findall(r"epoch \d+ ([0-9.]+) s", text)]
    return seconds, most, accuracy(text), epochs_seconds, right(predictions)


def spread(values, form="%.1f"):
    values = sorted(values)
    return " / ".join(form % v for v in (values[0], statistics.median(values), values[-1]))


def row(task, ours, theirs):
    _, _, _, mode, epochs, _ = task
    whole = [t[0] / o[0] for o, t in zip(ours, theirs)]
    later = lambda run: statistics.median(run[3][1:] or run[3])
    epoch = spread([later(t) / later(o) for o, t in zip(ours, theirs)], "%.2f") if mode == FINETUNE else ""
    middle = lambda runs, i: statistics.median(run[i] for run in runs)
    accuracies = lambda runs: ", ".join("%.1f" % run[2] for run in runs)
    return "%s%d, %d | %.1f s | %.1f s | %s | %s | %s | %s | %.0f / %.0f |" % (
        key(task), epochs, len(ours), middle(ours, 0), middle(theirs, 0), spread(whole), epoch,
        accuracies(ours), accuracies(theirs), middle(ours, 1), middle(theirs, 1))


def compared(ours, theirs):
    """Both on all images of all rounds. McNemar's exact test: of the images that only one gets right, how likely is a share as uneven?"""
    pairs = [(o[4][image], t[4][image]) for o, t in zip(ours, theirs) for image in t[4]]
    plugin_only = sum(o and not t for o, t in pairs)
    script_only = sum(t and not o for o, t in pairs)
    only = plugin_only + script_only
    tail = sum(math.comb(only, k) for k in range(min(plugin_only, script_only) + 1)) / 2**only
    return "%d images: plugin %.1f %%, torchvision %.1f %%; only the plugin right %d, only torchvision %d, p = %.2g" % (
        len(pairs), 100 * sum(o for o, _ in pairs) / len(pairs), 100 * sum(t for _, t in pairs) / len(pairs),
        plugin_only, script_only, min(1, 2 * tail))


def key(task):
    """What the row of a task begins with."""
    return "| %s | %s, " % (task[0], task[3])


def processor():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    flags = [f for f in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if f in text]
    model = re.search(r"model name\s*: (.*)", text)
    return "%d threads, %s, %s" % (options.threads, model.group(1) if model else "?", " ".join(flags))


def main():
    print(processor())
    rows = {}
    for task in TASKS:
        if options.only not in task[0] + ", " + task[3]:
            continue
        ours, theirs = [], []
        images = data / task[2]
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            plugin(task, images, folder, 1)  # unpacks libtorch, and warms the disk for both
            for seed in range(1, (options.folds or options.rounds) + 1):
                if options.folds:
                    images = part(data / task[2], seed, folder / "images")
                ours.append(plugin(task, images, folder, seed))
                theirs.append(torchvision(task, images, folder, seed))
        rows[key(task)] = row(task, ours, theirs)
        print(rows[key(task)], flush=True)
        if options.folds:
            print(compared(ours, theirs), flush=True)
        elif not options.print:
            replace(rows)


def replace(rows):
    """Rows in BENCHMARKS.md; those of other tasks stay."""
    page = HERE.parent / "BENCHMARKS.md"
    before, rest = page.read_text().split(BEGIN)
    old, after = rest.split(END)
    known = {key(task): line for task in TASKS for line in old.splitlines() if line.startswith(key(task))}
    known.update(rows)
    table = [
        "| task | mode, epochs, pairs | plugin | torchvision | whole command, ratio | epoch, ratio | test accuracy by seed, plugin"
        " | torchvision | peak memory in MiB, plugin / torchvision |",
        "|---|---|---|---|---|---|---|---|---|",
        *(known[key(task)] for task in TASKS if key(task) in known),
    ]
    page.write_text(before + BEGIN + "\n" + "\n".join(table) + "\n" + END + after)


main()
