"""Takes steps with torch's own optimizers, for the live comparison in Java.

    /usr/bin/python3 torch_optimizers.py CASES.json OUTPUT.json

A linear layer under cross entropy, everything in double precision. A case names the optimizer and its settings, a rate for
each step, and how many parts of the batch make a step. The output has the weight and the bias that would be kept at the end
(of their moving average where there is one; on the line back to the start where a share of that is kept), one object a case,
and the mean loss of each step.
"""

import json
import sys

import torch


def optimizer(case, weight, bias):
    groups = [{"params": [weight], "weight_decay": case["decay"]}, {"params": [bias], "weight_decay": 0.0}]
    if case["kind"] == "ADAMW":
        return torch.optim.AdamW(groups, lr=1.0)
    return torch.optim.SGD(groups, lr=1.0, momentum=case["momentum"], nesterov=case["nesterov"])


def run(case, data):
    rows = torch.tensor(data["features"], dtype=torch.float64)
    labels = torch.tensor(data["labels"])
    weight = torch.tensor(data["weight"], dtype=torch.float64, requires_grad=True)
    bias = torch.tensor(data["bias"], dtype=torch.float64, requires_grad=True)
    optim = optimizer(case, weight, bias)
    averaging, start_share = case["keeping"]
    starts = [weight.detach().clone(), bias.detach().clone()]
    averages = [start.clone() for start in starts]
    losses = []
    for step, rate in enumerate(case["rates"]):
        for group in optim.param_groups:
            group["lr"] = rate
        optim.zero_grad()
        total = 0.0
        size = len(labels) // case["parts"]
        for part in range(case["parts"]):
            some = slice(part * size, (part + 1) * size)
            loss = torch.nn.functional.cross_entropy(
                rows[some] @ weight.T + bias, labels[some], label_smoothing=case["smoothing"])
            (loss / case["parts"]).backward()
            total += loss.item() / case["parts"]
        if case["clip"] > 0:
            torch.nn.utils.clip_grad_norm_([weight, bias], case["clip"])
        optim.step()
        losses.append(total)
        if averaging > 0:
            # The decay of TensorFlow's ExponentialMovingAverage with num_updates.
            decay = min(averaging, (1 + step) / (10 + step))
            for average, now in zip(averages, (weight, bias)):
                average.mul_(decay).add_(now.detach(), alpha=1 - decay)
    end = averages if averaging > 0 else [weight.detach(), bias.detach()]
    # WiSE-FT (Wortsman et al. 2022, 2109.01903, equation 1), where alpha is 1 less the start's share.
    end = [start * start_share + now * (1 - start_share) for start, now in zip(starts, end)]
    return {"weight": end[0].tolist(), "bias": end[1].tolist(), "losses": losses}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        data = json.load(file)
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        json.dump([run(case, data) for case in data["cases"]], out)


if __name__ == "__main__":
    main()
