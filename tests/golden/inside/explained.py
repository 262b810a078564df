"""Golden values of Jacobians through time (torch.autograd.functional.jacobian) and attributions (Captum 0.8.0), in float64.

Run: python tests/golden/inside/explained.py > tests/golden/inside/explained.json
Needs torch and captum. Weights and series come from the generator in tests/ops/numbers.ts, as in inside.py.
"""
import json

import torch
from captum.attr import IntegratedGradients, Occlusion
from inside import (
    COLUMNS,
    HORIZON,
    LOOKBACK,
    ROWS,
    TRAIN,
    UNITS,
    VALIDATION,
    Numbers,
    attention_case,
    digits,
    one_step,
    recurrent_specs,
)
from models import dense_specs, recurrent_case

POINTS = 32
BLOCKS = 32


def prepared(seed, specs, lookback=LOOKBACK, rows=ROWS, train=TRAIN):
    """Weights, and the window of the first origin of the test part."""
    numbers = Numbers(seed)
    w = {name: numbers.array(extent, 0.5) for name, extent in specs}
    series = numbers.array([rows, COLUMNS])
    origin = train + VALIDATION - 1
    return w, series[origin - lookback + 1 : origin + 1].unsqueeze(0)


def products(seed, cell, layers, bidirectional):
    """Of every layer and direction: ln(|d s_T / d s_(T-k)| / sqrt(size)) by lag, and the whole matrix over all steps but the first."""
    specs = recurrent_specs(cell, cell, COLUMNS, UNITS, layers, bidirectional)
    specs += dense_specs("head", UNITS * (2 if bidirectional else 1), HORIZON)
    w, read = prepared(seed, specs)
    parts = 2 if cell == "lstm" else 1
    found = {}
    for layer in range(layers):
        outputs = []
        for direction in ["forward", "backward"] if bidirectional else ["forward"]:
            path = f"{cell}/{layer}" + (f"/{direction}" if bidirectional else "")
            reverse = direction == "backward"
            order = list(range(LOOKBACK))[::-1] if reverse else list(range(LOOKBACK))
            states, h, c = [], torch.zeros(1, UNITS), torch.zeros(1, UNITS)
            for t in order:
                h, new_c, _ = one_step(cell, read[:, t], h, c, w, path)
                c = new_c if cell == "lstm" else c
                states.append(torch.cat([h, c], 1) if parts == 2 else h)

            def rest(state, first):
                h, c = state[:, :UNITS], state[:, UNITS:] if parts == 2 else torch.zeros(1, UNITS)
                for t in order[first:]:
                    h, new_c, _ = one_step(cell, read[:, t], h, c, w, path)
                    c = new_c if cell == "lstm" else c
                return torch.cat([h, c], 1) if parts == 2 else h

            size = parts * UNITS
            matrices = [
                torch.autograd.functional.jacobian(lambda s: rest(s, at + 1), states[at]).reshape(size, size)
                for at in range(LOOKBACK - 1, -1, -1)
            ]
            found[f"{layer} {direction}"] = {
                "logNorms": digits([torch.log(m.norm() / size**0.5).item() for m in matrices]),
                "oneStep": digits(matrices[1]),
                "allSteps": digits(matrices[-1]),
            }
            hs, _, _ = run_layer_plain(cell, read, w, path, reverse)
            outputs.append(torch.stack(hs, 1))
        read = torch.cat(outputs, 2)
    return {"seed": seed, "kind": cell, "products": found}


def run_layer_plain(cell, x, w, path, reverse):
    h, c = torch.zeros(1, UNITS), torch.zeros(1, UNITS)
    hs = [None] * x.shape[1]
    for t in reversed(range(x.shape[1])) if reverse else range(x.shape[1]):
        h, new_c, _ = one_step(cell, x[:, t], h, c, w, path)
        c = new_c if cell == "lstm" else c
        hs[t] = h
    return hs, None, None


def attributions(seed, made, lookback=LOOKBACK, rows=ROWS, train=TRAIN):
    """Of every step of the horizon, [lookback, inputs]; the baseline repeats the window's last values."""
    model, _, specs, run = made
    w, x = prepared(seed, specs, lookback, rows, train)
    baseline = x[:, -1:].expand_as(x)
    answer = lambda batch: run(batch, w)[:, :, 0]
    length = max(1, lookback // BLOCKS)
    assert lookback % length == 0, "Captum cuts the last block short, Hindcast the first"
    gradients, hidden = [], []
    for step in range(HORIZON):
        gradients.append(
            IntegratedGradients(answer).attribute(
                x, baselines=baseline, target=step, n_steps=POINTS, method="gausslegendre"
            )
        )
        hidden.append(
            Occlusion(answer).attribute(
                x, sliding_window_shapes=(length, 1), strides=(length, 1), baselines=baseline, target=step
            )
            / length
        )
    return {
        "model": model,
        "seed": seed,
        "parameters": [{"name": name, "shape": extent} for name, extent in specs],
        "lookback": lookback,
        "rows": rows,
        "train": train,
        "integratedGradients": [digits(one[0]) for one in gradients],
        "occlusion": [digits(one[0]) for one in hidden],
    }


def shape_of(lookback):
    return {"inputs": COLUMNS, "lookback": lookback, "horizon": HORIZON, "targets": 1}


if __name__ == "__main__":
    import captum

    cases = [
        attributions(11, recurrent_case("rnn", shape_of(LOOKBACK), UNITS)),
        attributions(12, recurrent_case("lstm", shape_of(LOOKBACK), UNITS, 2, True)),
        attributions(13, recurrent_case("gru", shape_of(64), UNITS), 64, 160, 80),
        attributions(
            14, attention_case(shape_of(LOOKBACK), 6, 2, 2, 8, "pre", "sine", False, "mean", "gelu")
        ),
        attributions(15, attention_case(shape_of(LOOKBACK), 6, 2, 1, 8, "post", "sine", True, "last", "gelu")),
    ]
    through_time = [
        products(1, "rnn", 1, False),
        products(2, "rnn", 2, True),
        products(3, "gru", 2, False),
        products(4, "gru", 1, True),
        products(5, "lstm", 2, False),
        products(6, "lstm", 2, True),
    ]
    versions = {"torch": torch.__version__.split("+")[0], "captum": captum.__version__}
    print(json.dumps({**versions, "throughTime": through_time, "attributions": cases}))
