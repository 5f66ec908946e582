"""Prints the lowest penalised losses of a multinomial logistic regression, found by torch's L-BFGS in double precision.

The features come from a formula that the Java test computes too; they are standardised here with torch. One line a penalty:
the penalty and the lowest value of  weighted mean cross entropy + penalty / 2 * squared norm of the weight.

    python3 softmax_optimum.py 1 0.01 0.0001
"""

import sys

import torch

IMAGES, WIDTH, CLASSES = 300, 20, 4


def features():
    i = torch.arange(IMAGES, dtype=torch.float64)[:, None]
    j = torch.arange(WIDTH, dtype=torch.float64)[None, :]
    label = (i.long() * 7 % 11) % CLASSES
    x = torch.sin(i * 12.9898 + j * 78.233 + i * j) * (1 + j) + torch.cos(label * (j + 1.0)) * (1 + j) / 2 + 5 * j
    return x.float().double(), label[:, 0]


def main():
    x, labels = features()
    variance = x.var(0, unbiased=False)
    x = (x - x.mean(0)) / ((variance + variance.mean()) / 2).sqrt()
    importance = torch.tensor([1.0, 2.0, 0.5, 1.5], dtype=torch.float64)
    for penalty in map(float, sys.argv[1:]):
        weight = torch.zeros(CLASSES, WIDTH, dtype=torch.float64, requires_grad=True)
        bias = torch.zeros(CLASSES, dtype=torch.float64, requires_grad=True)
        solver = torch.optim.LBFGS(
            [weight, bias], max_iter=2000, tolerance_grad=1e-10, tolerance_change=0, line_search_fn="strong_wolfe")

        def value():
            solver.zero_grad()
            loss = torch.nn.functional.cross_entropy(x @ weight.T + bias, labels, importance)
            loss = loss + penalty / 2 * (weight ** 2).sum()
            loss.backward()
            return loss

        solver.step(value)
        print(penalty, "%.12f" % value().item())


main()
