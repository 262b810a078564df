"""Golden values of language models, in float64.

python3 tests/golden/language/language.py > tests/golden/language/language.json   (PyTorch 2)

1. Bits of interpolated Witten-Bell n-grams of orders 1 to 7, by dictionaries of counts.
2. Loss and gradients of a small LSTM language model whose state is carried over two windows of text: PyTorch, state detached between them.
"""
import json
import math
from collections import defaultdict

import torch

TRAIN = ["abracadabra", "banana band", "cabana", "a brand new banana"]
TEST = ["bananas", "abracadab cab"]


def tokens_of(text, numbers):
    end = len(numbers) + 1
    return [end] + [numbers.get(c, 0) for c in text] + [end]


def n_grams():
    counts = defaultdict(int)
    for text in TRAIN:
        for c in text:
            counts[c] += 1
    letters = sorted(counts, key=lambda c: (-counts[c], c))
    numbers = {c: i + 1 for i, c in enumerate(letters)}
    size = len(letters) + 2
    following = defaultdict(lambda: defaultdict(int))
    for text in TRAIN:
        t = tokens_of(text, numbers)
        for at in range(1, len(t)):
            for n in range(7):
                if at - n >= 0:
                    following[tuple(t[at - n : at])][t[at]] += 1

    def p(history, token):
        lower = p(history[1:], token) if history else 1 / size
        seen = following.get(history)
        if not seen:
            return lower
        return (seen.get(token, 0) + len(seen) * lower) / (sum(seen.values()) + len(seen))

    nats = []
    for order in range(1, 8):
        total = 0.0
        for text in TEST:
            t = tokens_of(text, numbers)
            for at in range(1, len(t)):
                total -= math.log(p(tuple(t[max(0, at - order + 1) : at]), t[at]))
        nats.append(total)
    return {"train": TRAIN, "test": TEST, "size": size, "nats": nats}


def filled(*shape, start):
    count = math.prod(shape)
    return torch.tensor([math.sin(start + 1.7 * i) * 0.5 for i in range(count)], dtype=torch.float64).reshape(shape)


def lstm():
    size, units, embedding, batch, time = 5, 3, 2, 2, 4
    # Ours: gates i, f, g, o side by side, [inputs, 4 * units].
    weights = {
        "tokens": filled(size, embedding, start=0.1),
        "lstm/0/kernel": filled(embedding, 4 * units, start=0.2),
        "lstm/0/recurrentKernel": filled(units, 4 * units, start=0.3),
        "lstm/0/bias": filled(4 * units, start=0.4),
        "head/kernel": filled(units, size, start=0.5),
        "head/bias": filled(size, start=0.6),
    }
    for w in weights.values():
        w.requires_grad_(True)
    cell = torch.nn.LSTM(embedding, units, batch_first=True, dtype=torch.float64)
    x = torch.tensor([[[1, 2, 3, 4], [0, 4, 4, 1]], [[2, 0, 1, 3], [3, 3, 2, 0]]])
    y = torch.tensor([[[2, 3, 4, 2], [4, 4, 1, 3]], [[0, 1, 3, 3], [3, 2, 0, 1]]])
    order = {"weight_ih_l0": "lstm/0/kernel", "weight_hh_l0": "lstm/0/recurrentKernel"}
    state = (torch.zeros(1, batch, units, dtype=torch.float64),) * 2
    found = []
    for window in range(2):
        for w in weights.values():
            w.grad = None
        parameters = {theirs: weights[ours].T for theirs, ours in order.items()}
        parameters["bias_ih_l0"] = weights["lstm/0/bias"]
        parameters["bias_hh_l0"] = torch.zeros(4 * units, dtype=torch.float64)
        vectors = weights["tokens"][x[window]]
        steps, state = torch.func.functional_call(cell, parameters, (vectors, state))
        state = tuple(s.detach() for s in state)
        logits = steps @ weights["head/kernel"] + weights["head/bias"]
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, size), y[window].reshape(-1))
        loss.backward()
        found.append({"loss": loss.item(), "gradients": {n: w.grad.flatten().tolist() for n, w in weights.items()}})
    return {
        "size": size,
        "units": units,
        "embedding": embedding,
        "inputs": x.tolist(),
        "targets": y.tolist(),
        "weights": {n: {"shape": list(w.shape), "values": w.detach().flatten().tolist()} for n, w in weights.items()},
        "windows": found,
    }


print(json.dumps({"nGrams": n_grams(), "lstm": lstm()}))
