"""What PyTorch's optimisers do in 100 steps in float64, for OptimizerTest.

Made with torch 2.7.1: python optimizer_steps.py > ../resources/latent4j/nn/optimizer_steps.csv
Weights start at 1, -2, 0.5, 3; weight i (from 0) has the gradient sin(i + 0.3 t) + 0.1 i at step t (from 1).
"""

import math

import torch

RULES = {
    "Adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "Adam, all settings": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.01),
    "AdamW, all settings": lambda p: torch.optim.AdamW(p, lr=0.02, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1),
    "Sgd": lambda p: torch.optim.SGD(p, lr=0.01),
    "Sgd, momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, weight_decay=0.1),
    "Sgd, Nesterov": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.1),
    "RmsProp": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "RmsProp, all settings": lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9, eps=1e-3, weight_decay=0.1),
}

print("rule;step;weight 0;weight 1;weight 2;weight 3")
for name, rule in RULES.items():
    weights = torch.tensor([1, -2, 0.5, 3], dtype=torch.float64, requires_grad=True)
    optimizer = rule([weights])
    for t in range(1, 101):
        weights.grad = torch.tensor([math.sin(i + 0.3 * t) + 0.1 * i for i in range(4)], dtype=torch.float64)
        optimizer.step()
        if t in (1, 2, 100):
            print(name, t, *(repr(w) for w in weights.tolist()), sep=";")
