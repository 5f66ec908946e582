"""Writes what three steps of torchvision's networks in training mode do, for the parity test in Java.

    /usr/bin/python3 torchvision_training.py [OUTPUT.json]

Weights and images are those of torchvision_golden.py. Batch normalisation uses the batch, dropout is off, the
labels are 0, 1, ..., and the optimizer is plain gradient descent, so that after each step a parameter has moved
by exactly its gradient times the rate. Everything is computed in double precision: where rounding moves an
activation across the kink of a ReLU, gradients of single precision differ by more than a part in a thousand. For
every tensor of the state_dict the file has the sum and the Euclidean norm of how far it moved in all three steps:
of the gradients for a parameter, of the running statistics for a buffer.
"""

import json
import sys

import torch

import torchvision_golden

RATE = 0.0001
STEPS = 3
BATCH = 2
# Height and width: small, as double precision is slow in Debian's torch, but with more than one position in the
# last convolutions' maps. The deepest networks amplify the last bit of a double too much where batch normalisation
# has but eight values of a channel.
SIZES = {
    "densenet": (64, 48),
    "alexnet": (64, 80),
    "squeezenet": (64, 80),
    "resnet101": (96, 112),
    "resnet152": (96, 112),
}
OTHERS = (40, 48)


def size(name):
    return next((size for family, size in SIZES.items() if name.startswith(family)), OTHERS)


def trained(name):
    print(name, file=sys.stderr)
    model = torchvision_golden.started(name)
    start = {key: value.clone() for key, value in model.state_dict().items()}
    losses = descend(model, BATCH, *size(name))
    moved = [(value.double() - start[key].double()) for key, value in model.state_dict().items()]
    return {
        "name": name,
        "height": size(name)[0],
        "width": size(name)[1],
        "losses": losses,
        "sums": [float("%.7g" % float(change.sum())) for change in moved],
        "norms": [float("%.7g" % float(change.norm())) for change in moved],
    }


def descend(model, batch, height, width):
    """Takes the steps in double precision; gives the losses. The last step's gradients stay in the model."""
    images = torch.from_numpy(torchvision_golden.images(height, width, batch)).double()
    model.double().train()
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    return [step(model, optimizer, images) for _ in range(STEPS)]


def step(model, optimizer, images):
    loss = torch.nn.functional.cross_entropy(model(images), torch.arange(len(images)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def main():
    header = {"torch": torch.__version__, "rate": RATE, "steps": STEPS, "batch": BATCH}
    names = torchvision_golden.FULL + torchvision_golden.BRIEF
    models = ",\n".join(json.dumps(trained(name)) for name in names)
    text = json.dumps(header)[:-1] + ', "models": [\n' + models + "\n]}\n"
    json.loads(text)
    with open(sys.argv[1], "w", encoding="utf-8") if len(sys.argv) > 1 else sys.stdout as out:
        out.write(text)


if __name__ == "__main__":
    main()
