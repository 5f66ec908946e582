"""Prints, one JSON object a line, what torchvision says of its first ImageNet weights of each network of the five families."""
import importlib
import json

NETWORKS = """resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d resnext101_32x8d resnext101_64x4d
wide_resnet50_2 wide_resnet101_2 alexnet vgg11 vgg11_bn vgg13 vgg13_bn vgg16 vgg16_bn vgg19 vgg19_bn squeezenet1_0
squeezenet1_1 densenet121 densenet161 densenet169 densenet201""".split()

enums = {}
for family in ("alexnet", "vgg", "resnet", "squeezenet", "densenet"):
    module = importlib.import_module("torchvision.models." + family)
    for name in dir(module):
        if name.endswith("_Weights"):
            enums[name[: -len("_Weights")].lower()] = getattr(module, name)

for network in NETWORKS:
    weights = enums[network].IMAGENET1K_V1
    transforms = weights.transforms()
    print(
        json.dumps(
            {
                "model": network,
                "weights": weights.name,
                "url": weights.url,
                "inputSize": transforms.crop_size[0],
                "resize": transforms.resize_size[0],
                "interpolation": transforms.interpolation.value,
                "mean": transforms.mean,
                "deviation": transforms.std,
                "classes": len(weights.meta["categories"]),
            }
        )
    )
