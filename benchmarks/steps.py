#!/usr/bin/python3
"""Training steps of whole networks beside torch on the same device, in turn: images a second, and peak memory.

    mvn -Pbenchmarks -pl benchmarks/jmh -am package -DskipTests -Dinvoker.skip
    benchmarks/steps.py [--device cpu|gpu] [--precision bf16|fp32] [--batch 32] [--seconds 10] [--rounds 2]

Random weights and one batch of noise: what is measured is upload, normalisation, forward, loss, backward, AdamW. torch's side is
what its users write: channels_last, autocast where bf16 is asked for, fused or foreach AdamW, cudnn.benchmark on a GPU. On a GPU the
utilisation that nvidia-smi reports is sampled; Java needs a libtorch that sees the GPU (PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR). Java
gets the environment that the plugin gives its trainer: jemalloc, where Debian's is there."""

import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import memory
import trainer

HERE = pathlib.Path(__file__).resolve().parent
MEASURING = "measuring"
NETWORKS = "resnet18,resnet50,alexnet,vgg11_bn,squeezenet1_1,densenet121"


def torch_rate(device, threads, precision, name, batch, size, seconds):
    """Prints images a second of torch's own training step."""
    import torch
    import torchvision

    torch.set_num_threads(threads)
    torch.backends.cudnn.benchmark = True
    where = torch.device("cuda" if device == "gpu" else "cpu")
    model = getattr(torchvision.models, name)().to(where, memory_format=torch.channels_last).train()
    fused = {"fused": True} if where.type == "cuda" else {"foreach": True}
    optimizer = torch.optim.AdamW(model.parameters(), 1e-5, **fused)
    pixels = torch.randint(256, (batch, size, size, 3), dtype=torch.uint8)
    labels = torch.zeros(batch, dtype=torch.long)
    mean = torch.tensor([0.485, 0.456, 0.406], device=where) * 255
    deviation = torch.tensor([0.229, 0.224, 0.225], device=where) * 255

    def step():
        x, y = pixels.to(where), labels.to(where)
        x = ((x.float() - mean) / deviation).permute(0, 3, 1, 2)
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(where.type, torch.bfloat16, enabled=precision == "bf16"):
            output = model(x)
        loss = torch.nn.functional.cross_entropy(output.float(), y, label_smoothing=0.1)
        loss.backward()
        optimizer.step()
        return loss.item()

    for _ in range(3):
        step()
    print(MEASURING, flush=True)
    start, steps = time.monotonic(), 0
    while time.monotonic() - start < seconds or steps < 3:
        step()
        steps += 1
    print("%.2f images/s" % (steps * batch / (time.monotonic() - start)))


def utilisation(rows):
    """Starts to add (seconds, percent, MiB) to rows as nvidia-smi tells them."""
    query = ["nvidia-smi", "--query-gpu=utilization.gpu,memory.used", "--format=csv,noheader,nounits", "-lms", "200"]
    process = subprocess.Popen(query, stdout=subprocess.PIPE, text=True)

    def read():
        for line in process.stdout:
            rows.append((time.monotonic(), *map(float, line.split(","))))

    threading.Thread(target=read, daemon=True).start()
    return process


def measured(command, device, environment):
    """Images a second, peak MiB of the process or of the GPU, and the median utilisation of a GPU while it was measured."""
    rows, peak = [], 0
    smi = utilisation(rows) if device == "gpu" else None
    with tempfile.TemporaryFile("w+") as error:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=error, text=True, env=environment)
        begun, out = time.monotonic(), ""

        def read():
            nonlocal begun, out
            for line in process.stdout:
                begun = time.monotonic() if line.strip() == MEASURING else begun
                out += line

        reader = threading.Thread(target=read)
        reader.start()
        while process.poll() is None:
            peak = max(peak, memory.proportional(process.pid))
            time.sleep(0.3)
        reader.join()
        end = time.monotonic()
        rate = re.search(r"([0-9.]+) images/s", out)
        if process.returncode != 0 or not rate:
            error.seek(0)
            raise SystemExit("%s failed:\n%s%s" % (" ".join(map(str, command)), out, error.read()))
    if not smi:
        return float(rate.group(1)), peak, 0
    smi.terminate()
    # What nvidia-smi says is a mean over up to a second before.
    busy = [percent for at, percent, _ in rows if begun + 1 < at < end - 0.5]
    return float(rate.group(1)), max(row[2] for row in rows), statistics.median(busy) if busy else 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--device", default="cpu", choices=["cpu", "gpu"])
    arguments.add_argument("--precision", default="bf16", choices=["bf16", "fp32"])
    arguments.add_argument("--networks", default=NETWORKS)
    arguments.add_argument("--batch", type=int, default=32)
    arguments.add_argument("--size", type=int, default=224)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--classpath", help="of StepRates and what it needs, where it is not built beside this")
    arguments.add_argument("--java", default="java", help="how Java is called")
    arguments.add_argument("--python", default=sys.executable, help="a Python with torch and torchvision")
    arguments.add_argument("--torch", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.torch:
        torch_rate(options.device, options.threads, options.precision, options.torch, options.batch, options.size, options.seconds)
        return
    jmh = HERE / "jmh" / "target"
    classes = options.classpath or "%s:%s" % (jmh / "classes", (jmh / "classpath").read_text().strip())
    print("| network | plugin, images/s | torch, images/s | ratio, least and most | peak MiB, plugin / torch | GPU busy, plugin / torch |")
    print("|---|---|---|---|---|---|")
    for name in options.networks.split(","):
        java = options.java.split() + ["-cp", classes, "-Dai.djl.pytorch.graph_optimizer=false", "-XX:+UseSerialGC",
                                       "io.transferlearning.training.StepRates", options.device, str(options.threads),
                                       options.precision, name, str(options.batch), str(options.size), str(options.seconds)]
        script = [options.python, __file__, "--torch", name, "--device", options.device, "--threads", str(options.threads),
                  "--precision", options.precision, "--batch", str(options.batch), "--size", str(options.size),
                  "--seconds", str(options.seconds)]
        variables = trainer.environment(options.threads)
        pairs = [(measured(java, options.device, variables), measured(script, options.device, None)) for _ in range(options.rounds)]
        ratios = sorted(ours[0] / theirs[0] for ours, theirs in pairs)
        middle = lambda side, i: statistics.median(pair[side][i] for pair in pairs)
        print("| %s | %.1f | %.1f | %.2f, %.2f | %.0f / %.0f | %s |" % (
            name, middle(0, 0), middle(1, 0), ratios[0], ratios[-1], middle(0, 1), middle(1, 1),
            "%.0f / %.0f %%" % (middle(0, 2), middle(1, 2)) if options.device == "gpu" else ""), flush=True)


main()
