"""Golden values of a look inside: states, gates, attention, norms of dL/dh by lag, and spectra, by PyTorch 2.13 and NumPy in float64.

Run: python tests/golden/inside/inside.py > tests/golden/inside/inside.json
Weights and series come from the generator in tests/ops/numbers.ts. The equations are written out, so that every step can be kept.
"""
import json
import math
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "models"))
from models import GATES, Numbers, attention_case, dense_specs, recurrent_specs, sine_positions  # noqa: E402

torch.set_default_dtype(torch.float64)

ROWS, LOOKBACK, HORIZON, TRAIN, VALIDATION = 60, 9, 3, 20, 20
COLUMNS = 2
UNITS = 5
digits = lambda tensor: [float(f"{value:.9g}") for value in torch.as_tensor(tensor).flatten().tolist()]


def one_step(cell, x, h, c, w, path):
    """New h, new c, gates side by side."""
    k, u, b = w[f"{path}/kernel"], w[f"{path}/recurrentKernel"], w[f"{path}/bias"]
    n = h.shape[1]
    if cell == "rnn":
        return torch.tanh(x @ k + h @ u + b), None, None
    a = x @ k + b
    if cell == "lstm":
        i, f, g, o = (a + h @ u).split(n, 1)
        i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
        c = f * c + i * g
        return o * torch.tanh(c), c, torch.cat([i, f, g, o], 1)
    zr = torch.sigmoid(a[:, : 2 * n] + h @ u[:, : 2 * n])
    z, r = zr.split(n, 1)
    g = torch.tanh(a[:, 2 * n :] + (r * h) @ u[:, 2 * n :])
    return z * h + (1 - z) * g, None, torch.cat([z, r, g], 1)


def run_layer(cell, x, w, path, reverse=False):
    """Every step's h and c (kept for their gradients) and gates, in the order of time."""
    batch, time, _ = x.shape
    h = torch.zeros(batch, UNITS)
    c = torch.zeros(batch, UNITS)
    hs, cs, gates = [None] * time, [None] * time, [None] * time
    for t in reversed(range(time)) if reverse else range(time):
        h, new_c, gates[t] = one_step(cell, x[:, t], h, c, w, path)
        if cell == "lstm":
            c = new_c
            c.retain_grad()
            cs[t] = c
        h.retain_grad()
        hs[t] = h
    return hs, cs, gates


def windows(series, first, count):
    """Look-backs and horizons of neighbouring origins, whose first origin is the row `first`."""
    at = range(first, first + count)
    x = torch.stack([series[o - LOOKBACK + 1 : o + 1] for o in at])
    y = torch.stack([series[o + 1 : o + 1 + HORIZON, :1] for o in at])
    return x, y


def case(seed, cell, layers, bidirectional):
    numbers = Numbers(seed)
    specs = recurrent_specs(cell, cell, COLUMNS, UNITS, layers, bidirectional)
    specs += dense_specs("head", UNITS * (2 if bidirectional else 1), HORIZON)
    w = {name: numbers.array(extent, 0.5).requires_grad_() for name, extent in specs}
    series = numbers.array([ROWS, COLUMNS])

    def run(x):
        sites, read = {}, x
        for layer in range(layers):
            outputs, last = [], []
            for direction in ["forward", "backward"] if bidirectional else ["forward"]:
                path = f"{cell}/{layer}" + (f"/{direction}" if bidirectional else "")
                reverse = direction == "backward"
                hs, cs, gates = run_layer(cell, read, w, path, reverse)
                sites[f"{layer} {direction}"] = (hs, cs, gates)
                outputs.append(torch.stack(hs, 1))
                last.append(hs[0] if reverse else hs[-1])
            read = torch.cat(outputs, 2)
        y = torch.cat(last, 1) @ w["head/kernel"] + w["head/bias"]
        return y.reshape(-1, HORIZON, 1), sites

    x, _ = windows(series, TRAIN + VALIDATION - 1, 1)
    forecast, seen = run(x)
    states = {
        name: {
            "hidden": digits(torch.stack(hs, 1)[0]),
            **({"cell": digits(torch.stack(cs, 1)[0])} if cell == "lstm" else {}),
            **({"gates": digits(torch.stack(gates, 1)[0])} if cell != "rnn" else {}),
        }
        for name, (hs, cs, gates) in seen.items()
    }
    # All windows of the validation part: each window's own mean loss, so that nothing is shared.
    x, y = windows(series, TRAIN - 1, VALIDATION - HORIZON + 1)
    forecast_all, sites = run(x)
    ((forecast_all - y) ** 2).mean((1, 2)).sum().backward()

    def by_lag(tensors, name):
        norms = [t.grad.pow(2).sum(1).mean().sqrt().item() for t in tensors]
        return digits(torch.tensor(norms if name.endswith("backward") else norms[::-1]))

    gradients = {
        name: {"hidden": by_lag(hs, name), **({"cell": by_lag(cs, name)} if cell == "lstm" else {})}
        for name, (hs, cs, _) in sites.items()
    }
    top = f"{cell}/{layers - 1}" + ("/forward" if bidirectional else "")
    blocks = w[f"{top}/recurrentKernel"].detach().numpy().reshape(UNITS, GATES[cell], UNITS)
    spectra = []
    for block in range(GATES[cell]):
        values = np.linalg.eigvals(blocks[:, block])
        values = sorted(values, key=lambda v: (-abs(v), -v.imag))
        spectra.append(
            {
                "singular": digits(torch.tensor(np.linalg.svd(blocks[:, block], compute_uv=False))),
                "eigenvalues": [[float(v.real), float(v.imag)] for v in values],
            }
        )
    return {
        "model": {"kind": cell, "units": UNITS, "layers": layers, "bidirectional": bidirectional},
        "seed": seed,
        "parameters": [{"name": name, "shape": extent} for name, extent in specs],
        "forecast": digits(forecast),
        "states": states,
        "gradients": gradients,
        "spectra": spectra,
    }


def attention_weights(seed, norm, causal):
    """Weights of every layer and head by the equations; the layers themselves by PyTorch's own block in models.py."""
    shape = {"inputs": COLUMNS, "lookback": LOOKBACK, "horizon": HORIZON, "targets": 1}
    units, heads, layers = 6, 2, 2
    model, _, specs, run = attention_case(shape, units, heads, layers, 8, norm, "sine", causal, "mean", "relu")
    numbers = Numbers(seed)
    w = {name: numbers.array(extent, 0.5) for name, extent in specs}
    series = numbers.array([ROWS, COLUMNS])
    x, _ = windows(series, TRAIN + VALIDATION - 1, 1)
    forecast = run(x, w)
    normal = lambda v, name: torch.nn.functional.layer_norm(v, [units], w[f"{name}/gamma"], w[f"{name}/beta"])
    v = x @ w["embedding/kernel"] + w["embedding/bias"] + sine_positions(LOOKBACK, units)
    seen = []
    for layer in range(layers):
        path = f"attention/{layer}"
        read = normal(v, f"{path}/norm1") if norm == "pre" else v
        projected = read @ w[f"{path}/projection/kernel"] + w[f"{path}/projection/bias"]
        q, k, u = (part.reshape(1, LOOKBACK, heads, units // heads).transpose(1, 2) for part in projected.chunk(3, 2))
        scores = q @ k.transpose(2, 3) / math.sqrt(units // heads)
        if causal:
            scores = scores + torch.triu(torch.full((LOOKBACK, LOOKBACK), -torch.inf), 1)
        weights = torch.softmax(scores, 3)
        seen.append(
            {"weights": digits(weights[0]), "scores": digits((q @ k.transpose(2, 3) / math.sqrt(units // heads))[0])}
        )
        found = (weights @ u).transpose(1, 2).reshape(1, LOOKBACK, units)
        attended = found @ w[f"{path}/output/kernel"] + w[f"{path}/output/bias"]
        feed = lambda z: (
            torch.relu(z @ w[f"{path}/feedForward1/kernel"] + w[f"{path}/feedForward1/bias"])
            @ w[f"{path}/feedForward2/kernel"]
            + w[f"{path}/feedForward2/bias"]
        )
        if norm == "pre":
            v = v + attended
            v = v + feed(normal(v, f"{path}/norm2"))
        else:
            v = normal(v + attended, f"{path}/norm1")
            v = normal(v + feed(v), f"{path}/norm2")
    if norm == "pre":
        v = normal(v, "norm")
    own = (v.mean(1) @ w["head/kernel"] + w["head/bias"]).reshape(-1)
    assert torch.allclose(own, forecast.reshape(-1), atol=1e-10), "the equations are not those of PyTorch's block"
    return {
        "model": model,
        "seed": seed,
        "parameters": [{"name": name, "shape": extent} for name, extent in specs],
        "forecast": digits(forecast),
        "layers": seen,
    }


if __name__ == "__main__":
    recurrent = [
        case(1, "rnn", 1, False),
        case(2, "rnn", 2, True),
        case(3, "gru", 2, False),
        case(4, "gru", 1, True),
        case(5, "lstm", 2, False),
        case(6, "lstm", 2, True),
    ]
    attention = [attention_weights(7, "pre", False), attention_weights(8, "post", True)]
    layout = {"rows": ROWS, "lookback": LOOKBACK, "horizon": HORIZON, "train": TRAIN, "validation": VALIDATION}
    print(json.dumps({"torch": torch.__version__.split("+")[0], **layout, "recurrent": recurrent, "attention": attention}))
