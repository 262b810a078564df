"""Golden values of translators, in float64: loss and gradients of two pairs of different lengths.

python3 tests/golden/pairs/translators.py > tests/golden/pairs/translators.json   (PyTorch 2)

1. A bidirectional LSTM encoder with torch.nn.LSTM on packed sequences, a bridge, an LSTM decoder, attention with "general" scores, the same
   scaled, and additive ones.
2. Encoder and decoder of attention, one layer each, normalised before each part, by torch.nn.functional.
"""
import json
import math

import torch
from torch.nn import functional as F

SOURCES = [[1, 2, 3, 4], [3, 1]]
TARGETS = [[4, 1, 4], [4, 2, 3, 1, 4]]
SOURCE_SIZE, TARGET_SIZE = 5, 5


def filled(*shape, start):
    count = math.prod(shape)
    return torch.tensor([math.sin(start + 1.7 * i) * 0.5 for i in range(count)], dtype=torch.float64).reshape(shape)


def made(shapes):
    weights = {}
    for index, (name, shape) in enumerate(shapes.items()):
        around = 1.0 if name.endswith("gamma") else 0.0
        weights[name] = (around + filled(*shape, start=0.1 + 0.37 * index)).requires_grad_(True)
    return weights


def padded(rows):
    longest = max(map(len, rows))
    values = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[at < len(row) for at in range(longest)] for row in rows])
    return values, mask


def loss_of(logits):
    targets, known = padded([row[1:] for row in TARGETS])
    costs = F.cross_entropy(logits.reshape(-1, TARGET_SIZE), targets.reshape(-1), reduction="none")
    known = known.reshape(-1)
    return (costs * known).sum() / known.sum()


def result(weights, logits):
    loss = loss_of(logits)
    loss.backward()
    return {
        "loss": loss.item(),
        "weights": {n: {"shape": list(w.shape), "values": w.detach().flatten().tolist()} for n, w in weights.items()},
        "gradients": {n: w.grad.flatten().tolist() for n, w in weights.items()},
    }


def score_shapes(scoring, units, width):
    if scoring != "additive":
        return {"attention/score/kernel": (units, width)}
    query, key = {"attention/score/query/kernel": (units, units)}, linear_shapes("attention/score/key", width, units)
    return query | key | {"attention/score/vector/kernel": (units, 1)}


def scores_of(scoring, states, steps, w):
    if scoring != "additive":
        scale = 1 / math.sqrt(steps.shape[2]) if scoring == "scaled-dot" else 1
        return scale * (states @ w["attention/score/kernel"] @ steps.transpose(1, 2))
    query = states @ w["attention/score/query/kernel"]
    key = steps @ w["attention/score/key/kernel"] + w["attention/score/key/bias"]
    return (torch.tanh(query[:, :, None] + key[:, None]) @ w["attention/score/vector/kernel"])[..., 0]


def recurrent(scoring="general", units=3, embedding=2):
    both = 2 * units
    shapes = {"source": (SOURCE_SIZE, embedding)}
    for direction in ("forward", "backward"):
        path = f"encoder/0/{direction}"
        shapes |= {f"{path}/kernel": (embedding, 4 * units), f"{path}/recurrentKernel": (units, 4 * units), f"{path}/bias": (4 * units,)}
    shapes |= {"bridge/0/hidden/kernel": (both, units), "bridge/0/hidden/bias": (units,)}
    shapes |= {"bridge/0/cell/kernel": (both, units), "bridge/0/cell/bias": (units,)}
    shapes |= {"target": (TARGET_SIZE, embedding)}
    shapes |= {"decoder/0/kernel": (embedding, 4 * units), "decoder/0/recurrentKernel": (units, 4 * units), "decoder/0/bias": (4 * units,)}
    shapes |= score_shapes(scoring, units, both)
    shapes |= {"attention/combine/kernel": (units + both, units), "attention/combine/bias": (units,)}
    shapes |= {"head/kernel": (units, TARGET_SIZE), "head/bias": (TARGET_SIZE,)}
    w = made(shapes)
    # Ours: gates i, f, g, o side by side, [inputs, 4 * units], as PyTorch's, transposed.
    encoder = torch.nn.LSTM(embedding, units, batch_first=True, bidirectional=True, dtype=torch.float64)
    zeros = torch.zeros(4 * units, dtype=torch.float64)
    parameters = {}
    for direction, suffix in (("forward", ""), ("backward", "_reverse")):
        path = f"encoder/0/{direction}"
        parameters |= {f"weight_ih_l0{suffix}": w[f"{path}/kernel"].T, f"weight_hh_l0{suffix}": w[f"{path}/recurrentKernel"].T}
        parameters |= {f"bias_ih_l0{suffix}": w[f"{path}/bias"], f"bias_hh_l0{suffix}": zeros}
    x, mask = padded(SOURCES)
    lengths = torch.tensor([len(row) for row in SOURCES])
    packed = torch.nn.utils.rnn.pack_padded_sequence(w["source"][x], lengths, batch_first=True)
    # functional_call takes tensors and tuples: a packed sequence is one.
    steps, (hidden, _) = torch.func.functional_call(encoder, parameters, (packed,))
    steps, _ = torch.nn.utils.rnn.pad_packed_sequence(steps, batch_first=True)
    last = torch.cat([hidden[0], hidden[1]], 1)
    first = torch.tanh(last @ w["bridge/0/hidden/kernel"] + w["bridge/0/hidden/bias"])
    cell = last @ w["bridge/0/cell/kernel"] + w["bridge/0/cell/bias"]
    decoder = torch.nn.LSTM(embedding, units, batch_first=True, dtype=torch.float64)
    parameters = {"weight_ih_l0": w["decoder/0/kernel"].T, "weight_hh_l0": w["decoder/0/recurrentKernel"].T}
    parameters |= {"bias_ih_l0": w["decoder/0/bias"], "bias_hh_l0": zeros}
    inputs, _ = padded([row[:-1] for row in TARGETS])
    states, _ = torch.func.functional_call(decoder, parameters, (w["target"][inputs], (first[None], cell[None])))
    shares = scores_of(scoring, states, steps, w).masked_fill(~mask[:, None], -math.inf).softmax(-1)
    seen = torch.cat([shares @ steps, states], 2) @ w["attention/combine/kernel"] + w["attention/combine/bias"]
    return {"units": units, "embedding": embedding, **result(w, torch.tanh(seen) @ w["head/kernel"] + w["head/bias"])}


def linear_shapes(path, inputs, outputs):
    return {f"{path}/kernel": (inputs, outputs), f"{path}/bias": (outputs,)}


def norm_shapes(path, units):
    return {f"{path}/gamma": (units,), f"{path}/beta": (units,)}


def attention(units=4, heads=2, steps=16):
    wide = 4 * units
    shapes = {"source": (SOURCE_SIZE, units), "positions": (steps, units)}
    for path, last in (("attention/0", 2), ("decoder/0", 3)):
        if path == "decoder/0":
            shapes |= norm_shapes("norm", units)
            shapes |= {"target": (TARGET_SIZE, units), "decoder/positions": (steps, units)}
        shapes |= linear_shapes(f"{path}/projection", units, 3 * units) | linear_shapes(f"{path}/output", units, units)
        shapes |= norm_shapes(f"{path}/norm1", units)
        if path == "decoder/0":
            for part in ("query", "key", "value", "output"):
                shapes |= linear_shapes(f"{path}/read/{part}", units, units)
            shapes |= norm_shapes(f"{path}/norm2", units)
        shapes |= linear_shapes(f"{path}/feedForward1", units, wide) | linear_shapes(f"{path}/feedForward2", wide, units)
        shapes |= norm_shapes(f"{path}/norm{last}", units)
    shapes |= norm_shapes("decoder/norm", units) | linear_shapes("head", units, TARGET_SIZE)
    w = made(shapes)
    linear = lambda x, path: x @ w[f"{path}/kernel"] + w[f"{path}/bias"]
    norm = lambda x, path: F.layer_norm(x, (units,), w[f"{path}/gamma"], w[f"{path}/beta"], 1e-5)
    heads_of = lambda x: x.reshape(*x.shape[:2], heads, -1).transpose(1, 2)

    def attend(query, key, value, mask):
        found = F.scaled_dot_product_attention(heads_of(query), heads_of(key), heads_of(value), attn_mask=mask)
        return found.transpose(1, 2).reshape(query.shape)

    def feed(x, path):
        return linear(torch.relu(linear(x, f"{path}/feedForward1")), f"{path}/feedForward2")

    x, mask = padded(SOURCES)
    keys = mask[:, None, None]
    y = w["source"][x] + w["positions"][: x.shape[1]]
    query, key, value = linear(norm(y, "attention/0/norm1"), "attention/0/projection").chunk(3, -1)
    y = y + linear(attend(query, key, value, keys), "attention/0/output")
    y = y + feed(norm(y, "attention/0/norm2"), "attention/0")
    memory = norm(y, "norm")
    inputs, _ = padded([row[:-1] for row in TARGETS])
    z = w["target"][inputs] + w["decoder/positions"][: inputs.shape[1]]
    causal = torch.ones(inputs.shape[1], inputs.shape[1], dtype=torch.bool).tril()
    query, key, value = linear(norm(z, "decoder/0/norm1"), "decoder/0/projection").chunk(3, -1)
    z = z + linear(attend(query, key, value, causal), "decoder/0/output")
    read = linear(norm(z, "decoder/0/norm2"), "decoder/0/read/query")
    found = attend(read, linear(memory, "decoder/0/read/key"), linear(memory, "decoder/0/read/value"), keys)
    z = z + linear(found, "decoder/0/read/output")
    z = z + feed(norm(z, "decoder/0/norm3"), "decoder/0")
    logits = linear(norm(z, "decoder/norm"), "head")
    return {"units": units, "heads": heads, "steps": steps, **result(w, logits)}


cases = {"recurrent": recurrent(), "scaled": recurrent("scaled-dot"), "additive": recurrent("additive"), "attention": attention()}
print(json.dumps({"sources": SOURCES, "targets": TARGETS, "sizes": [SOURCE_SIZE, TARGET_SIZE], **cases}))
