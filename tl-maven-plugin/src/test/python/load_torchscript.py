"""Loads a TorchScript archive of ours, gives its weights to torchvision's network, and compares the logits.

    /usr/bin/python3 load_torchscript.py ARCHIVE NAME

Fails unless names and order of the state_dict are torchvision's and the logits equal to 1e-5 of the largest.
"""

import sys

import torch
import torchvision

import torchvision_golden


def main(archive, name):
    ours = torch.jit.load(archive)
    theirs = getattr(torchvision.models, name)(weights=None).eval()
    state = ours.state_dict()
    assert list(state) == list(theirs.state_dict()), "the names differ"
    theirs.load_state_dict(state, strict=True)
    assert not ours.training, "the module must load in evaluation mode"
    batch = torch.from_numpy(torchvision_golden.images(96, 128))
    with torch.no_grad():
        expected = theirs(batch)
        difference = ((ours(batch) - expected).abs().max() / expected.abs().max()).item()
    print("%s in torch %s: relative difference %.1e" % (name, torch.__version__, difference))
    assert difference < 1e-5, "the logits differ"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
