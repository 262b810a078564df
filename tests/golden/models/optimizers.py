"""Golden values of the optimizers: weights after eight steps by PyTorch 2.13 in float64, gradients from tests/ops/numbers.ts's generator.

Run: python tests/golden/models/optimizers.py > tests/golden/models/optimizers.json
"""
import json

import torch

from models import Numbers

OPTIMIZERS = {
    "adam": (torch.optim.Adam, {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-6}),
    "adamw": (torch.optim.AdamW, {"lr": 0.05, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.1}),
    "sgd": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9}),
    "sgd, nesterov": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.8, "nesterov": True}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.9, "eps": 1e-6}),
}

results = {}
for name, (kind, options) in OPTIMIZERS.items():
    numbers = Numbers(7)
    weights = torch.nn.Parameter(numbers.array([5]))
    optimizer = kind([weights], **options)
    for _ in range(8):
        weights.grad = numbers.array([5])
        optimizer.step()
    results[name] = weights.tolist()
print(json.dumps(results))
