"""Golden values of every model: forecasts and gradients by PyTorch 2.13 in float64.

Run: python tests/golden/models/models.py > tests/golden/models/models.json
The weights and inputs come from the generator in tests/ops/numbers.ts; PyTorch's own layers where it has them (RNN, LSTM,
TransformerEncoderLayer), written out where it has not (the GRU with the reset gate before the product).
"""
import json
import math

import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)


class Numbers:
    def __init__(self, seed):
        self.state = seed

    def array(self, shape, scale=1.0):
        count = int(np.prod(shape))
        values = np.empty(count, dtype=np.float32)
        for i in range(count):
            self.state = (1664525 * self.state + 1013904223) % 2**32
            values[i] = np.float32((self.state / 2**31 - 1) * scale)
        return torch.tensor(values.astype(np.float64).reshape(shape))


GATES = {"rnn": 1, "gru": 3, "lstm": 4}


def recurrent_specs(cell, prefix, inputs, units, layers=1, bidirectional=False, bias=True):
    specs = []
    for layer in range(layers):
        features = inputs if layer == 0 else units * (2 if bidirectional else 1)
        for direction in ["/forward", "/backward"] if bidirectional else [""]:
            path = f"{prefix}/{layer}{direction}"
            width = GATES[cell] * units
            specs += [(f"{path}/kernel", [features, width]), (f"{path}/recurrentKernel", [units, width])]
            specs += [(f"{path}/bias", [width])] if bias else []
    return specs


def gru_layer(x, w, path, h):
    units = h.shape[1]
    outputs = []
    for t in range(x.shape[1]):
        a = x[:, t] @ w[f"{path}/kernel"] + w[f"{path}/bias"]
        u = w[f"{path}/recurrentKernel"]
        z = torch.sigmoid(a[:, :units] + h @ u[:, :units])
        r = torch.sigmoid(a[:, units : 2 * units] + h @ u[:, units : 2 * units])
        n = torch.tanh(a[:, 2 * units :] + (r * h) @ u[:, 2 * units :])
        h = z * h + (1 - z) * n
        outputs.append(h)
    return torch.stack(outputs, 1), h


def run_recurrent(cell, prefix, x, w, units, layers=1, bidirectional=False, bias=True, initial=None, relu=False):
    """Outputs of the last layer, final hidden state, states by layer."""
    if cell == "gru":
        states = []
        for layer in range(layers):
            h = initial[layer] if initial else torch.zeros(x.shape[0], units)
            x, h = gru_layer(x, w, f"{prefix}/{layer}", h)
            states.append(h)
        return x, states[-1], states
    kind = {"rnn": nn.RNN, "lstm": nn.LSTM}[cell]
    options = {"nonlinearity": "relu"} if relu else {}
    module = kind(x.shape[2], units, layers, bias=bias, batch_first=True, bidirectional=bidirectional, **options)
    given = {}
    for layer in range(layers):
        for suffix, direction in [("", "/forward"), ("_reverse", "/backward")] if bidirectional else [("", "")]:
            path = f"{prefix}/{layer}{direction}"
            given[f"weight_ih_l{layer}{suffix}"] = w[f"{path}/kernel"].T
            given[f"weight_hh_l{layer}{suffix}"] = w[f"{path}/recurrentKernel"].T
            if bias:
                given[f"bias_ih_l{layer}{suffix}"] = w[f"{path}/bias"]
                given[f"bias_hh_l{layer}{suffix}"] = torch.zeros_like(w[f"{path}/bias"])
    arguments = (x,) if initial is None else (x, initial)
    outputs, final = torch.func.functional_call(module, given, arguments)
    hidden = final[0] if cell == "lstm" else final
    last = torch.cat([hidden[-2], hidden[-1]], 1) if bidirectional else hidden[-1]
    return outputs, last, final


def segment(x, w, length, stride):
    count = (x.shape[1] - length) // stride + 1
    skipped = x.shape[1] - length - (count - 1) * stride
    parts = [x[:, skipped + i * stride : skipped + i * stride + length].flatten(1) for i in range(count)]
    return torch.stack(parts, 1) @ w["segments/kernel"] + w["segments/bias"]


def sine_positions(steps, units):
    codes = torch.zeros(steps, units)
    for t in range(steps):
        for i in range(units):
            angle = t * 10000 ** (-(i - i % 2) / units)
            codes[t, i] = math.sin(angle) if i % 2 == 0 else math.cos(angle)
    return codes


def dense_specs(path, inputs, outputs, bias=True):
    return [(f"{path}/kernel", [inputs, outputs])] + ([(f"{path}/bias", [outputs])] if bias else [])


def recurrent_case(cell, shape, units, layers=1, bidirectional=False, bias=True, relu=False, seg=None, **extra):
    model = {"kind": cell, "units": units, "layers": layers, "bidirectional": bidirectional, **extra}
    if cell == "rnn":
        model |= {"bias": bias, "activation": "relu" if relu else "tanh"}
    inputs = shape["inputs"]
    specs = []
    if seg:
        model["segment"] = {"length": seg[0], "stride": seg[1]}
        specs += dense_specs("segments", seg[0] * inputs, units)
        inputs = units
    specs += recurrent_specs(cell, cell, inputs, units, layers, bidirectional, bias)
    width = units * (2 if bidirectional else 1)
    specs += dense_specs("head", width, shape["horizon"] * shape["targets"], bias)

    def run(x, w):
        x = segment(x, w, *seg) if seg else x
        _, final, _ = run_recurrent(cell, cell, x, w, units, layers, bidirectional, bias, relu=relu)
        y = final @ w["head/kernel"] + (w["head/bias"] if bias else 0)
        return y.reshape(-1, shape["horizon"], shape["targets"])

    return model, shape, specs, run


def channel_case(cell, shape, **options):
    """Every column on its own, by the model of one column."""
    one = {**shape, "inputs": 1, "targets": 1}
    model, _, specs, run = recurrent_case(cell, one, **options)

    def all_columns(x, w):
        return torch.cat([run(x[:, :, c : c + 1], w) for c in range(x.shape[2])], 2)

    return {**model, "channelIndependent": True}, shape, specs, all_columns


def attention_case(shape, units, heads, layers, ff, norm, positions, causal, readout, activation, seg=None):
    model = {
        "kind": "attention",
        "units": units,
        "heads": heads,
        "layers": layers,
        "feedForward": ff,
        "normalization": norm,
        "positions": positions,
        "causal": causal,
        "readout": readout,
        "activation": activation,
    }
    steps = shape["lookback"]
    if seg:
        model["segment"] = {"length": seg[0], "stride": seg[1]}
        steps = (steps - seg[0]) // seg[1] + 1
        specs = dense_specs("segments", seg[0] * shape["inputs"], units)
    else:
        specs = dense_specs("embedding", shape["inputs"], units)
    specs += [("positions", [steps, units])] if positions == "learned" else []
    for layer in range(layers):
        path = f"attention/{layer}"
        specs += dense_specs(f"{path}/projection", units, 3 * units) + dense_specs(f"{path}/output", units, units)
        specs += [(f"{path}/norm1/gamma", [units]), (f"{path}/norm1/beta", [units])]
        specs += dense_specs(f"{path}/feedForward1", units, ff) + dense_specs(f"{path}/feedForward2", ff, units)
        specs += [(f"{path}/norm2/gamma", [units]), (f"{path}/norm2/beta", [units])]
    specs += [("norm/gamma", [units]), ("norm/beta", [units])] if norm == "pre" else []
    width = units * (steps if readout == "flatten" else 1)
    specs += dense_specs("head", width, shape["horizon"] * shape["targets"])

    def run(x, w):
        if seg:
            x = segment(x, w, *seg)
        else:
            x = x @ w["embedding/kernel"] + w["embedding/bias"]
        if positions != "none":
            x = x + (w["positions"] if positions == "learned" else sine_positions(steps, units))
        mask = torch.triu(torch.full((steps, steps), -torch.inf), 1) if causal else None
        for layer in range(layers):
            path = f"attention/{layer}"
            block = nn.TransformerEncoderLayer(
                units, heads, ff, dropout=0.0, activation=activation, batch_first=True, norm_first=norm == "pre"
            )
            block.train()
            given = {
                "self_attn.in_proj_weight": w[f"{path}/projection/kernel"].T,
                "self_attn.in_proj_bias": w[f"{path}/projection/bias"],
                "self_attn.out_proj.weight": w[f"{path}/output/kernel"].T,
                "self_attn.out_proj.bias": w[f"{path}/output/bias"],
                "linear1.weight": w[f"{path}/feedForward1/kernel"].T,
                "linear1.bias": w[f"{path}/feedForward1/bias"],
                "linear2.weight": w[f"{path}/feedForward2/kernel"].T,
                "linear2.bias": w[f"{path}/feedForward2/bias"],
                "norm1.weight": w[f"{path}/norm1/gamma"],
                "norm1.bias": w[f"{path}/norm1/beta"],
                "norm2.weight": w[f"{path}/norm2/gamma"],
                "norm2.bias": w[f"{path}/norm2/beta"],
            }
            x = torch.func.functional_call(block, given, (x,), {"src_mask": mask})
        if norm == "pre":
            x = nn.functional.layer_norm(x, [units], w["norm/gamma"], w["norm/beta"])
        encoding = {"mean": x.mean(1), "last": x[:, -1], "flatten": x.flatten(1)}[readout]
        y = encoding @ w["head/kernel"] + w["head/bias"]
        return y.reshape(-1, shape["horizon"], shape["targets"])

    return model, shape, specs, run


def encoder_decoder_case(cell, shape, units, layers, attention):
    model = {"kind": "encoder-decoder", "cell": cell, "units": units, "layers": layers, "attention": attention}
    specs = recurrent_specs(cell, "encoder", shape["inputs"], units, layers)
    specs += recurrent_specs(cell, "decoder", units, units, layers)
    if attention:
        specs += dense_specs("attention/score", units, units, bias=False)
        specs += dense_specs("attention/combine", 2 * units, units)
    specs += dense_specs("head", units, shape["targets"])

    def run(x, w):
        past, final, states = run_recurrent(cell, "encoder", x, w, units, layers)
        context = final[:, None].repeat(1, shape["horizon"], 1)
        s, _, _ = run_recurrent(cell, "decoder", context, w, units, layers, initial=states)
        if attention:
            scores = s @ w["attention/score/kernel"] @ past.transpose(1, 2)
            found = torch.softmax(scores, -1) @ past
            s = torch.tanh(torch.cat([found, s], 2) @ w["attention/combine/kernel"] + w["attention/combine/bias"])
        return s @ w["head/kernel"] + w["head/bias"]

    return model, shape, specs, run


SHAPE = {"inputs": 3, "lookback": 7, "horizon": 4, "targets": 2}
LONG = {"inputs": 2, "lookback": 13, "horizon": 3, "targets": 1}
CHANNELS = {"inputs": 3, "lookback": 11, "horizon": 4, "targets": 3}
CASES = {
    "rnn": recurrent_case("rnn", SHAPE, units=5),
    "rnn without biases": recurrent_case("rnn", SHAPE, units=5, bias=False),
    "rnn, relu, 2 layers": recurrent_case("rnn", SHAPE, units=5, layers=2, relu=True),
    "rnn, both directions": recurrent_case("rnn", SHAPE, units=3, bidirectional=True),
    "gru, 2 layers": recurrent_case("gru", SHAPE, units=5, layers=2),
    "gru, segments": recurrent_case("gru", LONG, units=5, seg=(4, 3)),
    "lstm": recurrent_case("lstm", SHAPE, units=5),
    "lstm, 2 layers, both directions": recurrent_case("lstm", SHAPE, units=4, layers=2, bidirectional=True),
    "lstm, segments side by side": recurrent_case("lstm", LONG, units=5, seg=(3, 3)),
    "lstm, channel by channel": channel_case("lstm", CHANNELS, units=4, seg=(4, 2)),
    "attention, pre": attention_case(SHAPE, 8, 2, 2, 12, "pre", "sine", False, "mean", "relu"),
    "attention, post, causal": attention_case(SHAPE, 6, 3, 2, 10, "post", "learned", True, "last", "gelu"),
    "attention, segments, flatten": attention_case(LONG, 4, 1, 1, 16, "pre", "none", False, "flatten", "gelu", (5, 2)),
    "encoder-decoder, lstm": encoder_decoder_case("lstm", SHAPE, 5, 1, False),
    "encoder-decoder, lstm, 2 layers, attention": encoder_decoder_case("lstm", SHAPE, 5, 2, True),
    "encoder-decoder, gru, attention": encoder_decoder_case("gru", SHAPE, 5, 1, True),
    "encoder-decoder, rnn": encoder_decoder_case("rnn", SHAPE, 5, 2, False),
}

BATCH = 3


def evaluate(seed, model, shape, specs, run):
    numbers = Numbers(seed)
    w = {name: numbers.array(extent, 0.5).requires_grad_() for name, extent in specs}
    x = numbers.array([BATCH, shape["lookback"], shape["inputs"]])
    y = run(x, w)
    (y * y).sum().backward()
    digits = lambda tensor: [float(f"{value:.9g}") for value in tensor.flatten().tolist()]
    return {
        "model": model,
        "shape": shape,
        "seed": seed,
        "batch": BATCH,
        "parameters": [{"name": name, "shape": extent} for name, extent in specs],
        "forecast": digits(y),
        "gradients": {name: digits(tensor.grad) for name, tensor in w.items()},
    }


if __name__ == "__main__":
    cases = [{"name": name, **evaluate(index + 1, *case)} for index, (name, case) in enumerate(CASES.items())]
    print(json.dumps({"torch": torch.__version__.split("+")[0], "cases": cases}))
