#!/usr/bin/python3
"""Trains every combination of models, modes, settings and seeds on the data at hand, and prints a table of accuracies: what the
defaults of the recipes are chosen by. Validation accuracy chooses; test accuracy is shown beside it.

    mvn install -DskipTests && benchmarks/sweep.py --data FOLDER --set transfer.learningRate=5e-5,1e-4 --seeds 1,2,3

FOLDER holds scenes/ and cifar10/ and weights/ (safetensors under torchvision's names: MODEL.imagenet.safetensors)."""

import argparse
import itertools
import pathlib
import re
import statistics
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--data", required=True, type=pathlib.Path)
arguments.add_argument("--models", default="squeezenet1_1,resnet50_v1")
arguments.add_argument("--modes", default="feature-extraction,finetune")
arguments.add_argument("--datasets", default="scenes,cifar10")
arguments.add_argument("--seeds", default="1,2,3")
arguments.add_argument("--set", action="append", default=[], help="PROPERTY=VALUE[,VALUE...]; all combinations are trained")
arguments.add_argument("--maven", default="mvn -o -B -ntp", help="how Maven is called")
options = arguments.parse_args()
data = options.data.resolve()
version = re.search(r"<version>(.*?)</version>", (HERE.parent / "pom.xml").read_text()).group(1)


def train(model, mode, dataset, seed, settings):
    """Validation and test accuracy in percent, and seconds of training."""
    with tempfile.TemporaryDirectory() as folder:
        goal = "io.transferlearning:tl-maven-plugin:%s:train" % version
        weights = data / "weights" / (model + ".imagenet.safetensors")
        properties = {"model": model, "transfer.mode": mode, "transfer.seed": seed, "transfer.dataset": data / dataset}
        if weights.exists():
            properties["transfer.weights"] = weights
        properties.update(settings)
        command = options.maven.split() + [goal] + ["-D%s=%s" % p for p in properties.items()]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(run.stdout + run.stderr)
        line = re.findall(r"validation accuracy ([0-9.]+) %, test accuracy ([0-9.]+)", run.stdout)[-1]
        seconds = float(re.search(r"Total time: +([0-9.:]+)", run.stdout).group(1).split(":")[-1])
        return float(line[0]), float(line[1]), seconds


def spread(values):
    return "%.1f ± %.1f" % (statistics.mean(values), statistics.stdev(values) if len(values) > 1 else 0)


def main():
    varied = [(name, values.split(",")) for name, values in (s.split("=", 1) for s in options.set)]
    print("| model | mode | images | settings | validation, mean ± deviation | test | seeds |\n|---|---|---|---|---|---|---|")
    grid = itertools.product(
        options.models.split(","), options.modes.split(","), options.datasets.split(","),
        itertools.product(*[[(name, value) for value in values] for name, values in varied]))
    for model, mode, dataset, settings in grid:
        runs = [train(model, mode, dataset, seed, dict(settings)) for seed in options.seeds.split(",")]
        said = ", ".join("%s %s" % (name.split(".")[-1], value) for name, value in settings) or "defaults"
        print("| %s | %s | %s | %s | %s | %s | %d |" % (
            model, mode, dataset, said, spread([r[0] for r in runs]), spread([r[1] for r in runs]), len(runs)), flush=True)


main()
