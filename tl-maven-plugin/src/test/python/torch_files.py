"""Writes small files in every form that PyTorch saves, and what is in them.

    /usr/bin/python3 torch_files.py FOLDER

The files under src/test/resources/io/transferlearning/weights/format/torch were written by this with torch 1.13.1.
"""

import argparse
import json
import os
import sys
from collections import OrderedDict

import torch
from torch import nn


def formula(*shape):
    """Values that are exact in every floating-point type."""
    count = int(torch.tensor(shape).prod()) if shape else 1
    return ((torch.arange(count) % 23) * 0.25 - 2).reshape(shape)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 3, 3, bias=False)
        self.norm1 = nn.BatchNorm2d(3)

    def forward(self, x):
        return torch.relu(self.norm1(self.conv1(x)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Sequential(Block())
        self.fc = nn.Linear(3, 4)

    def forward(self, x):
        return self.fc(self.layer1(x).mean([2, 3]))


def net():
    result = Net()
    with torch.no_grad():
        for tensor in result.state_dict().values():
            tensor.copy_(formula(*tensor.shape))
    return result


def every_type():
    base = formula(4, 6)
    return OrderedDict(
        f64=formula(3).double(),
        f32=formula(2, 3),
        f16=formula(5).half(),
        bf16=formula(5).bfloat16(),
        i64=torch.tensor(7),
        u8=torch.tensor([1, 255], dtype=torch.uint8),
        transposed=base.t(),
        row=base[1],
        column=base[:, 2],
        channels_last=formula(2, 3, 2, 2).contiguous(memory_format=torch.channels_last),
        parameter=nn.Parameter(formula(2, 2)),
        scalar=torch.tensor(1.5),
        nothing=torch.zeros(0, 3),
    )


class Types(nn.Module):
    """Tensors of every type, for archives that hold modules."""

    def __init__(self, tensors):
        super().__init__()
        for name, tensor in tensors.items():
            self.register_buffer(name, tensor.detach())

    def forward(self, x):
        return x


def checkpoint(model):
    """As the training scripts of PyTorch's examples and of torchvision save it."""
    parallel = nn.DataParallel(model)
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
    model(formula(2, 2, 5, 5)).sum().backward()
    optimizer.step()
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [2, 2, 4])
    with torch.no_grad():
        for tensor in model.state_dict().values():
            tensor.copy_(formula(*tensor.shape))
    return {
        "epoch": 3,
        "arch": "net",
        "state_dict": parallel.state_dict(),
        "best_acc1": torch.tensor(71.5),
        "optimizer": optimizer.state_dict(),
        "lr_scheduler": scheduler.state_dict(),
        "args": argparse.Namespace(lr=0.1, device=torch.device("cpu"), milestones={2, 4}),
        "history": [(0, 0.5), (1, None)],
    }


class RunsCode:
    def __reduce__(self):
        return os.system, ("echo this ran",)


def described(state):
    return {
        name: {
            "dtype": str(tensor.dtype).replace("torch.", ""),
            "shape": list(tensor.shape),
            "values": tensor.detach().double().flatten().tolist(),
        }
        for name, tensor in state.items()
    }


def main(folder):
    def at(name):
        return os.path.join(folder, name)

    old = dict(_use_new_zipfile_serialization=False)
    types, model = every_type(), net()
    expected = {}
    for name, options in [("types.pth", {}), ("types-legacy.pth", old), ("types-protocol4.pth", dict(pickle_protocol=4))]:
        torch.save(types, at(name), **options)
        expected[name] = described(types)
    saved = checkpoint(net())
    for name, options in [("checkpoint.pth", {}), ("checkpoint-legacy.pth", old)]:
        torch.save(saved, at(name), **options)
        expected[name] = described(saved["state_dict"])
    model.eval()
    torch.jit.script(model).save(at("scripted.pt"))
    torch.jit.trace(model, formula(1, 2, 5, 5)).save(at("traced.pt"))
    expected["scripted.pt"] = described(model.state_dict())
    expected["traced.pt"] = described(model.state_dict())
    torch.jit.script(Types(types)).save(at("types-scripted.pt"))
    expected["types-scripted.pt"] = described(types)
    batch = formula(1, 2, 5, 5)
    torch.onnx.export(
        model, batch, at("named.onnx"), training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False
    )
    expected["named.onnx"] = described(
        {name: tensor for name, tensor in model.state_dict().items() if not name.endswith("num_batches_tracked")}
    )
    # Here the normalisation is folded into the convolution, whose name is lost.
    torch.onnx.export(model, batch, at("folded.onnx"))
    with open(at("expected.json"), "w") as out:
        json.dump(expected, out, indent=1)

    torch.save(model, at("whole-model.pth"))
    torch.save({"state_dict": RunsCode()}, at("runs-code.pth"))
    torch.save({"state_dict": RunsCode()}, at("runs-code-legacy.pth"), **old)
    torch.save({"w": torch.zeros(2, dtype=torch.int32)}, at("integers.pth"))
    torch.save({"w": torch.zeros(1).expand(3, 3)}, at("expanded.pth"))
    torch.save([torch.zeros(2)], at("list.pth"))


if __name__ == "__main__":
    main(sys.argv[1])
