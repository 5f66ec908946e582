"""Exports torchvision's networks to ONNX, for torchvision_live.py."""

import contextlib
import os
import sys
import warnings

import torch

import torchvision_golden


def exported(name, height, width, folder):
    """Writes a network's named.onnx, folded.onnx and state.pth, and its logits for the formula's images.

    named.onnx keeps torchvision's names; folded.onnx is what torch.onnx.export makes unless asked: it puts each batch
    normalisation that follows a convolution into it, and such a convolution loses its name. A name with "fresh:"
    before it asks for a network as its constructor leaves it: its normalisations are all equal, so that the
    exporter keeps one of them and lets the others refer to it.
    """
    fresh, network = name.startswith("fresh:"), name.split(":")[-1]
    torch.manual_seed(1)
    model = torchvision_golden.build(network).eval() if fresh else torchvision_golden.started(network)
    image = torch.zeros(1, 3, 224, 224)
    named = dict(training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)
    # newer versions print what they do, and standard output is for answers
    with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, image, os.path.join(folder, "named.onnx"), **named)
        torch.onnx.export(model, image, os.path.join(folder, "folded.onnx"))
    torch.save(model.state_dict(), os.path.join(folder, "state.pth"))
    with torch.no_grad():
        logits = model(torch.from_numpy(torchvision_golden.images(height, width)))
    logits.numpy().tofile(os.path.join(folder, "logits"))
    return {}
