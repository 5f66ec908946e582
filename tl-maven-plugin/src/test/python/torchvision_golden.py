"""Writes what torchvision computes, for the parity tests of the Java networks.

    /usr/bin/python3 torchvision_golden.py [OUTPUT.json]

Needs torch, torchvision and numpy (Debian: python3-torch python3-torchvision); no weights, no network.

Every parameter and every image is filled by a formula that Java computes to the same bits
(io.transferlearning.weights.FormulaWeights). For the element at row-major index i of the tensor NAME:

    h = fnv1a64(NAME in UTF-8)
    z = h + (i + 1) * 0x9E3779B97F4A7C15          (all arithmetic modulo 2^64: splitmix64)
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB
    u = ((z ^ (z >> 31)) >> 40) / 2^24             (in [0, 1), exact in a float)

and the value, computed in double precision and then rounded to float, is for

    *.num_batches_tracked     0 (an int64 scalar)
    *.running_var             0.5 + u
    *.running_mean, *.bias    (2 u - 1) * 0.1
    weights of one dimension  0.5 + u               (the scale of a batch normalisation)
    other weights             (2 u - 1) * sqrt(6 / fan_in), fan_in = product of all sizes but the first
    images                    (2 u - 1) * 2, with NAME "images"

sqrt(6 / fan_in) keeps the variance through a ReLU, so that the logits depend on every layer.

The logits are computed twice: in double precision from those floats, which is what the file holds, and in
single precision; the largest difference of the two tells how near a single precision twin can be expected.
"""

import hashlib
import json
import math
import sys

import numpy
import torch
import torchvision

BATCH = 2
SIZES = ((224, 224), (160, 192))  # height, width
SMALL = ((96, 128),)  # enough for the deep ones, whose families are also there at SIZES
SHOWN = 4  # logits at either end of each image's row


def fnv1a64(name):
    value = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


CHUNK = 1 << 16  # numbers that stay in the processor's cache while they are made


def uniform(name, count):
    """The first count numbers of the tensor's sequence, in chunks of float64 in [0, 1)."""
    step = numpy.uint64(0x9E3779B97F4A7C15)
    with numpy.errstate(over="ignore"):
        seed = numpy.uint64(fnv1a64(name)) + numpy.arange(1, CHUNK + 1, dtype=numpy.uint64) * step
    for start in range(0, count, CHUNK):
        with numpy.errstate(over="ignore"):
            z = seed[: count - start] + numpy.uint64(start) * step
            for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
                z ^= z >> numpy.uint64(shift)
                z *= numpy.uint64(factor)
        z ^= z >> numpy.uint64(31)
        yield (z >> numpy.uint64(40)).astype(numpy.float64) / 2.0**24


def filled(name, shape, value):
    """A float32 array of the values that a function gives to the tensor's numbers."""
    values = numpy.empty(math.prod(shape), dtype=numpy.float32)
    for chunk, u in enumerate(uniform(name, len(values))):
        values[chunk * CHUNK : chunk * CHUNK + len(u)] = value(u)
    return values.reshape(shape)


def formula(name, shape):
    """The float32 or int64 values of a parameter or buffer, in its shape."""
    if name.endswith(".num_batches_tracked"):
        return numpy.zeros(shape, dtype=numpy.int64)
    if name.endswith((".running_mean", ".bias")):
        return filled(name, shape, lambda u: (2 * u - 1) * 0.1)
    if name.endswith(".running_var") or len(shape) == 1:
        return filled(name, shape, lambda u: 0.5 + u)
    reach = math.sqrt(6 / math.prod(shape[1:]))
    return filled(name, shape, lambda u: (2 * u - 1) * reach)


def images(height, width, batch=BATCH):
    return filled("images", (batch, 3, height, width), lambda u: (2 * u - 1) * 2)


def resnet50_v1(**options):
    """ResNet-50 with the stride of a stage in the first 1x1 convolution, as He et al. published it."""
    model = torchvision.models.resnet50(weights=None, **options)
    for stage in (model.layer2, model.layer3, model.layer4):
        stage[0].conv1.stride = (2, 2)
        stage[0].conv2.stride = (1, 1)
    return model


def build(name, **options):
    """torchvision's network of a name; options are its constructor's."""
    if name == "resnet50_v1":
        return resnet50_v1(**options)
    return getattr(torchvision.models, name)(weights=None, **options)


def started(name):
    """The network with the formula's weights, in evaluation mode."""
    model = build(name).eval()
    state = {key: torch.from_numpy(formula(key, tuple(value.shape))) for key, value in model.state_dict().items()}
    model.load_state_dict(state, strict=True)
    return model

# Shown tensor by tensor and at full size: one or two of each family, and what other tests read.
FULL = (
    "squeezenet1_0",
    "squeezenet1_1",
    "resnet18",
    "resnet34",
    "resnet50",
    "resnet50_v1",
    "resnext50_32x4d",
    "alexnet",
    "vgg11_bn",
    "densenet121",
)
# The others: names and shapes as one digest, which keeps the file small.
BRIEF = (
    "resnet101",
    "resnet152",
    "resnext101_32x8d",
    "resnext101_64x4d",
    "wide_resnet50_2",
    "wide_resnet101_2",
    "vgg11",
    "vgg13",
    "vgg13_bn",
    "vgg16",
    "vgg16_bn",
    "vgg19",
    "vgg19_bn",
    "densenet161",
    "densenet169",
    "densenet201",
)


def digest(state):
    """SHA-256 over the lines NAME [SIZE, SIZE, ...] in the order of the state_dict."""
    lines = ["%s %s\n" % (name, list(value.shape)) for name, value in state.items()]
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def output(model, height, width):
    with torch.no_grad():
        batch = torch.from_numpy(images(height, width))
        single = model.float()(batch).double().numpy()
        logits = model.double()(batch.double()).numpy()
    return {
        "height": height,
        "width": width,
        "first": [row[:SHOWN].tolist() for row in logits],
        "last": [row[-SHOWN:].tolist() for row in logits],
        "argmax": logits.argmax(axis=1).tolist(),
        "sum": float(logits.sum()),
        "norm": float(numpy.sqrt((logits * logits).sum())),
        "largest": float(numpy.abs(logits).max()),
        "singlePrecisionDifference": float(numpy.abs(single - logits).max()),
    }


def golden(name):
    print(name, file=sys.stderr)
    model = started(name)
    state = model.state_dict()
    full = name in FULL
    return {
        "name": name,
        "parameters": sum(p.numel() for p in model.parameters()),
        "digest": digest(state),
        "tensors": [{"name": key, "shape": list(value.shape)} for key, value in state.items()] if full else [],
        "outputs": [output(model, height, width) for height, width in (SIZES if full else SMALL)],
    }


def checks():
    """A few values of the formula itself, for the test of the Java twin."""
    tensors = (
        ("conv1.weight", (64, 3, 7, 7)),
        ("bn1.weight", (64,)),
        ("bn1.bias", (64,)),
        ("bn1.running_mean", (64,)),
        ("bn1.running_var", (64,)),
        ("fc.weight", (1000, 2048)),
    )
    found = []
    for name, shape in tensors:
        values = formula(name, shape).reshape(-1)
        found.append(check(name, shape, values))
    found.append(check("images", (BATCH, 3, 224, 224), images(224, 224).reshape(-1)))
    return found


def check(name, shape, values):
    count = len(values)
    at = [0, 1, count // 2, count - 1]
    total = float(values.astype(numpy.float64).sum())
    return {"name": name, "shape": list(shape), "at": at, "values": [float(values[i]) for i in at], "sum": total}


def compact(document):
    """JSON with one line for each tensor and output, so that differences can be read."""
    lines = ["{"]
    lines += ['"%s": %s,' % (key, json.dumps(document[key])) for key in ("torch", "torchvision", "batch")]
    lines += ['"formula": [', ",\n".join(json.dumps(item) for item in document["formula"]), "],", '"models": [']
    lines += [",\n".join(compact_model(model) for model in document["models"]), "]}"]
    return "\n".join(lines) + "\n"


def compact_model(model):
    return '{"name": %s, "parameters": %d, "digest": %s, "tensors": [\n%s\n], "outputs": [\n%s\n]}' % (
        json.dumps(model["name"]),
        model["parameters"],
        json.dumps(model["digest"]),
        ",\n".join(json.dumps(item) for item in model["tensors"]),
        ",\n".join(json.dumps(item) for item in model["outputs"]),
    )


def main():
    document = {
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "batch": BATCH,
        "formula": checks(),
        "models": [golden(name) for name in FULL + BRIEF],
    }
    text = compact(document)
    assert json.loads(text) == document
    with open(sys.argv[1], "w", encoding="utf-8") if len(sys.argv) > 1 else sys.stdout as out:
        out.write(text)


if __name__ == "__main__":
    main()
