#!/usr/bin/python3
"""Trains models, modes, cases of settings and seeds, and prints a table of accuracies: what the defaults of the recipes are chosen by.

    mvn install -DskipTests
    benchmarks/sweep.py results.csv --datasets FOLDER,FOLDER --weights FOLDER --models squeezenet1_1:224,alexnet:64 \\
        --case "defaults:" --case "rate 2e-4: learningRate=2e-4" --case "light crops: augmentation=light"
    benchmarks/sweep.py results.csv

A case is a name and properties (without `transfer.`). A model is a name and the size of its images. Weights are
MODEL.imagenet.safetensors or MODEL.safetensors in a folder of --weights; without one, the plugin's own.
Every training becomes a line of results.csv, and one that is there is not done again; without models the table alone is printed.
Validation images choose between cases; the accuracy on the test images is beside it."""

import argparse
import csv
import itertools
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
FIELDS = "model size mode dataset case seed validation test validation_loss seconds".split()

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("results", type=pathlib.Path)
arguments.add_argument("--datasets", default="")
arguments.add_argument("--weights", default="")
arguments.add_argument("--models", default="")
arguments.add_argument("--modes", default="finetune")
arguments.add_argument("--seeds", default="1,2,3")
arguments.add_argument("--case", action="append", default=[])
arguments.add_argument("--cache", type=pathlib.Path, help="for features; the usual one otherwise")
arguments.add_argument("--maven", default="mvn -o -B -ntp", help="how Maven is called")
options = arguments.parse_args()
version = re.search(r"<version>(.*?)</version>", (HERE.parent / "pom.xml").read_text()).group(1)


def weights(model):
    for folder in filter(None, options.weights.split(",")):
        for name in (model + ".imagenet.safetensors", model + ".safetensors"):
            if (pathlib.Path(folder) / name).exists():
                return pathlib.Path(folder) / name
    return None


def train(model, size, mode, dataset, settings, seed):
    """Validation and test accuracy in percent, the validation loss of the best epoch, and the command's seconds."""
    with tempfile.TemporaryDirectory() as folder:
        properties = {"mode": mode, "seed": seed, "dataset": pathlib.Path(dataset).resolve(), "imageSize": size}
        if weights(model):
            properties["weights"] = weights(model).resolve()
        if options.cache:
            properties["cacheDirectory"] = options.cache.resolve()
        properties.update(settings)
        goal = "io.transferlearning:tl-maven-plugin:%s:train" % version
        command = options.maven.split() + [goal, "-Dmodel=" + model] + ["-Dtransfer.%s=%s" % p for p in properties.items()]
        start = time.monotonic()
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(run.stdout + run.stderr)
        accuracies = re.findall(r"validation accuracy ([0-9.]+) %, test accuracy ([0-9.]+)", run.stdout)[-1]
        with open(next(pathlib.Path(folder).glob("target/transfer/*-%s/history.csv" % mode))) as file:
            best = min(csv.DictReader(file), key=lambda row: float(row["validation_loss"]))
        return [float(accuracies[0]), float(accuracies[1]), float(best["validation_loss"]), time.monotonic() - start]


def sweep():
    known = {tuple(row[name] for name in FIELDS[:6]) for row in results()}
    cases = [(name.strip(), dict(p.split("=", 1) for p in said.split())) for name, said in (c.split(":", 1) for c in options.case)]
    models = [model.split(":") for model in options.models.split(",") if model]
    for (name, settings), dataset, mode, (model, size), seed in itertools.product(
            cases, options.datasets.split(","), options.modes.split(","), models, options.seeds.split(",")):
        key = (model, size, mode, pathlib.Path(dataset).name, name, seed)
        if key in known:
            continue
        new = not options.results.exists()
        row = [*key, *("%.4g" % number for number in train(model, size, mode, dataset, settings, seed))]
        with open(options.results, "a", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(FIELDS)
            writer.writerow(row)


def results():
    if not options.results.exists():
        return []
    with open(options.results, newline="") as file:
        return list(csv.DictReader(file))


def spread(rows, field, form="%.1f"):
    values = [float(row[field]) for row in rows]
    deviation = statistics.stdev(values) if len(values) > 1 else 0
    return (form + " ± " + form) % (statistics.mean(values), deviation)


def table():
    print("| model, pixels | mode | images | case | validation | its loss | test | seeds |\n|---|---|---|---|---|---|---|---|")
    groups = {}
    for row in results():
        groups.setdefault((row["dataset"], row["mode"], row["model"], row["size"], row["case"]), []).append(row)
    for (dataset, mode, model, size, case), rows in sorted(groups.items(), key=lambda g: g[0][:4]):
        print("| %s, %s | %s | %s | %s | %s | %s | %s | %d |" % (
            model, size, mode, dataset, case, spread(rows, "validation"), spread(rows, "validation_loss", "%.3f"),
            spread(rows, "test"), len(rows)))


sweep()
table()
