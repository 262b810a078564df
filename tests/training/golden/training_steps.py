"""Ten training steps in PyTorch, float64: LSTM, linear head, masked MSE, clipping by global norm, Adam.

    python3 training_steps.py > training-steps.json

Everything that goes in is made by `number`, so that the file holds results only.
"""
import json
import math

import torch

torch.set_default_dtype(torch.float64)
BATCH, TIME, INPUTS, UNITS, HORIZON, STEPS = 5, 7, 3, 4, 2, 10
LEARNING_RATE, CLIP = 0.05, 0.2


def number(index, salt):
    """Rational numbers in [-0.5, 0.5) that a float32 holds exactly: multiples of 1/256."""
    return ((index * 37 + salt * 53 + 11) % 256) / 256 - 0.5


def filled(shape, salt):
    return torch.tensor([number(i, salt) for i in range(math.prod(shape))]).reshape(shape)


names = ["lstm/0/kernel", "lstm/0/recurrentKernel", "lstm/0/bias", "head/kernel", "head/bias"]
shapes = [(INPUTS, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,), (UNITS, HORIZON), (HORIZON,)]
weights = [filled(shape, salt).requires_grad_() for salt, shape in enumerate(shapes)]
inputs = filled((BATCH, TIME, INPUTS), 10)
targets = 2 * filled((BATCH, HORIZON), 11)
mask = torch.tensor([[1.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 1.0]])


def predict():
    kernel, recurrent, bias, head, head_bias = weights
    zeros = torch.zeros(1, BATCH, UNITS)
    # PyTorch has two biases; ours is the first.
    parameters = [kernel.T, recurrent.T, bias, torch.zeros(4 * UNITS)]
    _, hidden, _ = torch.lstm(inputs, (zeros, zeros), parameters, True, 1, 0.0, True, False, True)
    return hidden[0] @ head + head_bias


adam = torch.optim.Adam(weights, lr=LEARNING_RATE, betas=(0.9, 0.999), eps=1e-8)
rows = []
for _ in range(STEPS):
    adam.zero_grad()
    loss = ((predict() - targets) ** 2 * mask).sum() / mask.sum()
    loss.backward()
    norms = [w.grad.norm().item() for w in weights]
    norm = math.sqrt(sum(n * n for n in norms))
    rows.append([loss.item(), LEARNING_RATE, norm, *norms])
    # torch.nn.utils.clip_grad_norm_ divides by norm + 1e-6; here without that.
    for w in weights:
        w.grad *= min(1.0, CLIP / norm)
    adam.step()

print(json.dumps({
    "torch": torch.__version__,
    "rows": rows,
    "weights": {n: w.flatten().tolist() for n, w in zip(names, weights)},
    "forecast": predict().flatten().tolist(),
}, indent=1))
