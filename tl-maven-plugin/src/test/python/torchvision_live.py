"""Answers what torchvision computes, one request a line, for the tests that compare while they run.

    /usr/bin/python3 torchvision_live.py

A request is a line of JSON with "do", the name of a function below, and its arguments; the answer is a line of
JSON. Tensors are written to files of raw little-endian 32-bit floats, one after the other. Weights and images are
those of torchvision_golden.py, or are read from a folder of ours. One process serves all networks: importing torch
costs seconds.
"""

import gc
import inspect
import json
import os
import sys

import numpy
import torch
import torchvision

import torchvision_export
import torchvision_golden
import torchvision_training


def versions():
    return {"torch": torch.__version__, "torchvision": torchvision.__version__}


def compare(name, sizes, train, folder):
    """What a network computes from the formula's weights.

    In evaluation mode, for each of the sizes: whether it can be computed at all, and the file logits-I. Then, if
    asked to train: the losses of torchvision_training's steps, and the last one's gradients and the running
    statistics in files, in the order of the state_dict.
    """
    torch.set_num_threads(os.cpu_count() or 1)
    model = torchvision_golden.started(name)
    answer = {
        "parameters": sum(p.numel() for p in model.parameters()),
        "published": published(name),
        "dropouts": dropouts(model),
        "fits": [fits(model, size, os.path.join(folder, "logits-%d" % i)) for i, size in enumerate(sizes)],
    }
    if train:
        torch.set_num_threads(1)  # of many small operations, more threads mostly wait for each other
        size = torchvision_training.size(name)
        answer["height"], answer["width"] = size
        answer["losses"] = torchvision_training.descend(model, torchvision_training.BATCH, *size)
        write(os.path.join(folder, "gradients"), (p.grad for p in model.parameters()))
        write(os.path.join(folder, "statistics"), (b for b in model.buffers() if b.dim() > 0))
        answer["counters"] = [b.item() for b in model.buffers() if b.dim() == 0]
    return answer


def fits(model, size, file):
    images = torch.from_numpy(torchvision_golden.images(*size))
    try:
        with torch.no_grad():
            write(file, [model(images)])
        return True
    except RuntimeError as e:
        if "too small" not in str(e) and "greater than actual input size" not in str(e):
            raise
        return False


def published(name):
    """The count of parameters that torchvision gives beside its weights; -1 for a network that is not its own."""
    builder = getattr(torchvision.models, name, None)
    if builder is None:
        return -1
    weights = inspect.signature(builder).parameters["weights"].annotation
    return next(w for w in weights.__args__ if w is not type(None)).DEFAULT.meta["num_params"]


def dropouts(model):
    """Each dropout's rate, and the layer with weights that comes before it."""
    found, last = [], ""
    for path, module in model.named_modules():
        if isinstance(module, torch.nn.Dropout):
            found.append([last, module.p])
        elif any(True for _ in module.parameters(recurse=False)):
            last = path
    return found


def opened(name, folder, classes, height, width):
    """A model's folder of ours: its logits by torchvision's network and by its own TorchScript, as files."""
    model = torchvision_golden.build(name, num_classes=classes)
    model.load_state_dict(safetensors(os.path.join(folder, name + ".safetensors")), strict=True)
    script = torch.jit.load(os.path.join(folder, name + ".pt"))
    images = torch.from_numpy(torchvision_golden.images(height, width))
    with torch.no_grad():
        write(os.path.join(folder, "torchvision"), [model.eval()(images)])
        write(os.path.join(folder, "script"), [script(images)])
    return {"training": script.training, "sameNames": list(script.state_dict()) == list(model.state_dict())}


def safetensors(file):
    """Ten lines read the format, so that nothing needs to be installed."""
    types = {"F16": numpy.float16, "F32": numpy.float32, "I64": numpy.int64}
    content = numpy.fromfile(file, dtype=numpy.uint8)
    start = 8 + int(content[:8].view("<u8")[0])
    header = json.loads(content[8:start].tobytes())
    header.pop("__metadata__", None)
    state = {}
    for name, entry in header.items():
        first, end = (start + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(content[first:end].tobytes(), dtype=types[entry["dtype"]])
        state[name] = torch.from_numpy(values.copy().reshape(entry["shape"]))
    return state


def starts(name, classes, points, most):
    """How torchvision's constructor fills each parameter: evenly spaced quantiles of its first values."""
    torch.manual_seed(1)
    levels = numpy.linspace(0, 1, points)
    model = torchvision_golden.build(name, num_classes=classes)
    return {
        key: [float(q) for q in numpy.quantile(value.detach().numpy().reshape(-1)[:most], levels)]
        for key, value in model.named_parameters()
    }


def write(file, tensors):
    with open(file, "wb") as out:
        for tensor in tensors:
            tensor.detach().float().contiguous().numpy().tofile(out)


def main():
    functions = {f.__name__: f for f in (versions, compare, opened, starts, torchvision_export.exported)}
    for line in sys.stdin:
        request = json.loads(line)
        answer = functions[request.pop("do")](**request)
        gc.collect()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
