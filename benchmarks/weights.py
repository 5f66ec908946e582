#!/usr/bin/python3
"""How much processor time a file of weights of 100 MB takes to read in each format, ours beside torch.load on the same files.

    mvn -Pbenchmarks -pl benchmarks/jmh -am package -DskipTests -Dinvoker.skip
    benchmarks/weights.py

The file is torchvision's ResNet-50 with random weights, written here by torch. Each side reads each file ROUNDS times in one process;
the least of them is shown. Processor time, because it hardly depends on what else runs. "mapped" is our reader's own time, which checks every checksum but leaves the weights in the mapped file;
"floats" has them all on the heap, as torch.load does. Needs python3-torch, python3-torchvision and java.
"""

import argparse
import pathlib
import subprocess
import tempfile
import time

import torch
import torchvision

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 9


def write_files(folder):
    model = torchvision.models.resnet50(weights=None).eval()
    state = model.state_dict()
    torch.save(state, folder / "zip.pth")
    torch.save(state, folder / "legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(model).save(str(folder / "torchscript.pt"))
    torch.onnx.export(model, torch.zeros(1, 3, 224, 224), str(folder / "named.onnx"), training=torch.onnx.TrainingMode.PRESERVE,
                      do_constant_folding=False)
    write_safetensors(state, folder / "st.safetensors")


def write_safetensors(state, file):
    """Eight bytes of the header's length, the header, the numbers: without the library, which Debian does not have."""
    import json

    names = {torch.float32: "F32", torch.int64: "I64"}
    header, begin = {}, 0
    for name, tensor in state.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [begin, begin + size]}
        begin += size
    text = json.dumps(header).encode()
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for tensor in state.values():
            out.write(tensor.contiguous().numpy().tobytes())


def least(action):
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = HERE / "jmh/target"
    parser.add_argument("--classpath", default="%s:%s" % (target / "classes", (target / "classpath").read_text()))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        write_files(folder)
        files = sorted(folder.iterdir())
        command = ["java", "-Xmx2g", "-cp", options.classpath, "io.transferlearning.benchmarks.WeightReading", str(ROUNDS)]
        printed = subprocess.run(command + [str(file) for file in files], check=True, capture_output=True, text=True).stdout
        ours = {line.split()[0]: line.split()[1:] for line in printed.splitlines()}
        theirs = {"zip.pth": torch.load, "legacy.pth": torch.load, "torchscript.pt": torch.jit.load}
        print("%-16s %8s %12s %12s %12s" % ("", "MB", "mapped, ms", "floats, ms", "torch, ms"))
        for file in files:
            torchs = "%.1f" % least(lambda: theirs[file.name](str(file))) if file.name in theirs else "-"
            print("%-16s %8.1f %12s %12s %12s" % (file.name, file.stat().st_size / 1e6, *ours[file.name], torchs))


if __name__ == "__main__":
    main()
