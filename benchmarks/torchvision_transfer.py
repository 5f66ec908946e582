#!/usr/bin/python3
"""What a team would run without the plugin: transfer learning with torchvision, as in PyTorch's "Finetuning Torchvision Models"
tutorial: SGD 0.001 with momentum 0.9, RandomResizedCrop and flips, the best validation weights kept. Runs on Debian's python3-torch
and python3-torchvision. Starts from the same weights file as the plugin and splits the training images by the same share; prints
the seconds of each epoch (training and validation) and the test accuracy of the best one."""

import argparse
import copy
import csv
import json
import os
import random
import struct
import time

import numpy
import torch
import torchvision
from torchvision import datasets, transforms

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("images", help="folder with seg_train and seg_test")
arguments.add_argument("weights", help="safetensors file under torchvision's names; none: random weights")
arguments.add_argument("--model", default="squeezenet1_1", help="torchvision's name, or resnet50_v1")
arguments.add_argument("--mode", choices=["feature-extraction", "finetune"], default="feature-extraction")
arguments.add_argument("--epochs", type=int, default=15)
arguments.add_argument("--batch", type=int, default=32)
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--seed", type=int, default=42)
arguments.add_argument("--predictions", help="file to write whether each test image was recognised to, under the plugin's columns")
options = arguments.parse_args()


def safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    types = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "I64": "<i8"}
    return {
        name: torch.from_numpy(
            numpy.frombuffer(data[slice(*t["data_offsets"])], types[t["dtype"]]).reshape(t["shape"]).copy())
        for name, t in header.items()
    }


def network(name):
    if name != "resnet50_v1":
        return getattr(torchvision.models, name)()
    # The original ResNet-50 has the stride of a stage in the first 1x1 convolution.
    model = torchvision.models.resnet50()
    for stage in (model.layer2, model.layer3, model.layer4):
        stage[0].conv1.stride, stage[0].conv2.stride = (2, 2), (1, 1)
    return model


def replace_head(model, classes):
    """A new last layer, as the tutorial makes it."""
    if hasattr(model, "fc"):
        model.fc = torch.nn.Linear(model.fc.in_features, classes)
    elif isinstance(model.classifier, torch.nn.Linear):
        model.classifier = torch.nn.Linear(model.classifier.in_features, classes)
    elif isinstance(model.classifier[-1], torch.nn.Linear):
        model.classifier[-1] = torch.nn.Linear(model.classifier[-1].in_features, classes)
    else:
        model.classifier[1] = torch.nn.Conv2d(model.classifier[1].in_channels, classes, 1)


torch.manual_seed(options.seed)
random.seed(options.seed)
torch.set_num_threads(options.threads)
normalize = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
augment = transforms.Compose(
    [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip(), transforms.ToTensor(), normalize])
evaluate = transforms.Compose(
    [transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(), normalize])
train_images = datasets.ImageFolder(options.images + "/seg_train", augment)
held_out = datasets.ImageFolder(options.images + "/seg_train", evaluate)
order = torch.randperm(len(train_images)).tolist()
cut = round(0.15 * len(order))


def loader(images, shuffle):
    return torch.utils.data.DataLoader(images, options.batch, shuffle, num_workers=options.threads)


train = loader(torch.utils.data.Subset(train_images, order[cut:]), True)
validation = loader(torch.utils.data.Subset(held_out, order[:cut]), False)
test = loader(datasets.ImageFolder(options.images + "/seg_test", evaluate), False)

model = network(options.model)
if options.weights != "none":
    model.load_state_dict(safetensors(options.weights))
frozen = options.mode == "feature-extraction"
for parameter in model.parameters():
    parameter.requires_grad = not frozen
replace_head(model, len(train_images.classes))
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], 0.001, 0.9)
criterion = torch.nn.CrossEntropyLoss()


def recognised(batches):
    model.eval()
    with torch.no_grad():
        return torch.cat([model(x).argmax(1) == y for x, y in batches]).tolist()


def accuracy(batches):
    return sum(recognised(batches)) / len(batches.dataset)


best, weights = -1, None
for epoch in range(options.epochs):
    start = time.monotonic()
    model.train()
    for x, y in train:
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()
    score = accuracy(validation)
    print("epoch %d %.2f s" % (epoch + 1, time.monotonic() - start))
    if score > best:
        best, weights = score, copy.deepcopy(model.state_dict())
model.load_state_dict(weights)
right = recognised(test)
print("test accuracy %.1f %%" % (100 * sum(right) / len(right)))
if options.predictions:
    with open(options.predictions, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["image", "correct"])
        for (path, _), correct in zip(test.dataset.samples, right):
            rows.writerow([os.path.relpath(path, options.images + "/seg_test"), str(correct).lower()])
