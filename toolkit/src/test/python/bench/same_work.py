"""Repeats the first steps of one of our trainings with the peer's code: the same weights, records and noise.

    python same_work.py WORKLOAD FOLDER     (SameWork.java has written the folder)

Prints as JSON the peer's losses, and by how much its weights afterwards differ from ours, as a share of how far they moved.
"""

import json
import sys
from pathlib import Path
from unittest import mock

import torch
from torch import nn

import peer


def floats(file):
    return torch.frombuffer(bytearray(file.read_bytes()), dtype=torch.float32)


def arrays(module):
    """A network's weights and running statistics, layer by layer, as our files have them."""
    for layer in module.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            yield from (layer.weight, layer.bias)
        elif isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            yield from (layer.weight, layer.bias, layer.running_mean, layer.running_var)


def main(workload, folder):
    torch.set_num_threads(1)
    batch, _, form, make = peer.WORKLOADS[workload]
    training = make(None)
    weights = [array for module in training.modules for array in arrays(module)]
    sizes = [array.numel() for array in weights]
    before, after = (floats(folder / name).split(sizes) for name in ("before", "after"))
    with torch.no_grad():
        for array, values in zip(weights, before):
            array.copy_(values.view_as(array))
    records = form(floats(folder / "records")).split(batch)
    normal = floats(folder / "normal").view(len(records), batch, -1)
    uniform = floats(folder / "uniform").view(len(records), batch)

    losses = []
    for number, x in enumerate(records):
        with mock.patch.multiple(
            torch,
            randn=lambda *shape: normal[number].view(shape),
            randn_like=lambda other: normal[number].view_as(other),
            rand=lambda *shape: uniform[number].view(shape),
        ):
            losses.append(training.step(x))

    # All weights together: a bias before batch normalisation has no gradient but rounding errors, which Adam makes large.
    trained = [i for i, array in enumerate(weights) if isinstance(array, nn.Parameter)]
    moved = sum((after[i] - before[i]).abs().sum().item() for i in trained)
    apart = sum((after[i] - weights[i].detach().flatten()).abs().sum().item() for i in trained)
    print(json.dumps({"losses": losses, "apart": apart / moved}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
