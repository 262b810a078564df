"""The PyTorch twin of a task of texts, captions or videos: trains from the weights and on the batches that it is given (JSON on the input), and
prints the loss of the held-out examples after `steps`; of a translator also what it writes of them after all batches. See twins.ts.
"""
import json
import math
import sys

import torch
from torch.nn import functional as F

torch.set_num_threads(1)
given = json.load(sys.stdin)
w = {
    name: torch.tensor(one["values"], dtype=torch.float32).reshape(one["shape"]).requires_grad_(True)
    for name, one in given["weights"].items()
}


def padded(rows):
    longest = max(map(len, rows))
    values = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[at < len(row) for at in range(longest)] for row in rows])
    return values, mask


def dense(x, path):
    bias = w.get(f"{path}/bias")
    return x @ w[f"{path}/kernel"] + (0 if bias is None else bias)


def lstm(x, rows, paths, first=None):
    """Ours: gates side by side, [inputs, 4 units], as PyTorch's, transposed; one bias. The steps, and the last state and cell of each path."""
    inputs, units = w[f"{paths[0]}/kernel"].shape[0], w[f"{paths[0]}/recurrentKernel"].shape[0]
    module = torch.nn.LSTM(inputs, units, batch_first=True, bidirectional=len(paths) == 2)
    parameters = {}
    for path, suffix in zip(paths, ("", "_reverse")):
        parameters[f"weight_ih_l0{suffix}"] = w[f"{path}/kernel"].T
        parameters[f"weight_hh_l0{suffix}"] = w[f"{path}/recurrentKernel"].T
        parameters[f"bias_ih_l0{suffix}"] = w[f"{path}/bias"]
        parameters[f"bias_hh_l0{suffix}"] = torch.zeros(4 * units)
    lengths = torch.tensor([len(row) for row in rows])
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    arguments = (packed,) if first is None else (packed, first)
    steps, last = torch.func.functional_call(module, parameters, arguments)
    return torch.nn.utils.rnn.pad_packed_sequence(steps, batch_first=True)[0], last


def cost(logits, targets, mask):
    each = F.cross_entropy(logits.transpose(1, 2), targets, reduction="none")
    return (each * mask).sum() / mask.sum()


def generate(read, said):
    steps, _ = lstm(w["tokens"][padded(read)[0]], read, ["lstm/0"])
    return cost(dense(steps, "head"), *padded(said))


def label(read, said):
    steps, _ = lstm(w["tokens"][padded(read)[0]], read, ["lstm/0/forward", "lstm/0/backward"])
    return cost(dense(steps, "head"), *padded(said))


def decode(source, rows, mask, before):
    """Logits after each token of `before`, of what was read: [batch, steps, width]."""
    memory, (hidden, _) = lstm(source, rows, ["encoder/0/forward", "encoder/0/backward"])
    last = torch.cat(list(hidden), 1)
    first = (torch.tanh(dense(last, "bridge/0/hidden"))[None], dense(last, "bridge/0/cell")[None])
    states, _ = lstm(w["target"][padded(before)[0]], before, ["decoder/0"], first)
    sums = torch.tanh(dense(states, "attention/score/query")[:, :, None] + dense(memory, "attention/score/key")[:, None])
    scores = dense(sums, "attention/score/vector")[..., 0].masked_fill(~mask[:, None], -math.inf)
    seen = torch.tanh(dense(torch.cat([scores.softmax(-1) @ memory, states], 2), "attention/combine"))
    return dense(seen, "head")


def decode_text(read, before):
    x, mask = padded(read)
    return decode(w["source"][x], read, mask, before)


def translate(read, said):
    return cost(decode_text(read, [row[:-1] for row in said]), *padded([row[1:] for row in said]))


def in_steps(rows):
    """[batch, steps, features]"""
    x = torch.tensor(rows, dtype=torch.float32)
    return x.reshape(len(rows), -1, given["features"])


def caption(read, said):
    patches = dense(in_steps(read), "embedding")
    logits = decode(patches, patches, torch.ones(patches.shape[:2], dtype=torch.bool), [row[:-1] for row in said])
    return cost(logits, *padded([row[1:] for row in said]))


def video(read, said):
    frames = torch.relu(dense(in_steps(read), "frame"))
    truth = in_steps(said)
    _, state = lstm(frames, frames, ["lstm/0"])
    repeated = frames[:, -1:].expand(-1, truth.shape[1], -1)
    steps, _ = lstm(repeated, repeated, ["decoder/0"], state)
    return F.mse_loss(dense(steps, "head"), truth)


def write(read, end, most=100):
    rows = [[end] for _ in read]
    while len(rows[0]) <= most and any(len(row) == 1 or row[-1] != end for row in rows):
        following = decode_text(read, rows)[:, -1].argmax(1).tolist()
        rows = [row + [token if len(row) == 1 or row[-1] != end else end] for row, token in zip(rows, following)]
    return [[token for token in row if token != end] for row in rows]


loss = {"generate": generate, "translate": translate, "label": label, "caption": caption, "video": video}[given["kind"]]
optimizer = torch.optim.Adam(w.values(), lr=given["learningRate"])
held = list(map(list, zip(*given["held"])))


def held_out():
    with torch.no_grad():
        return loss(*held).item()


for step, rows in enumerate(given["batches"]):
    batch = [given["learned"][row] for row in rows]
    if step == given["steps"]:
        found = held_out()
    optimizer.zero_grad()
    loss(*map(list, zip(*batch))).backward()
    torch.nn.utils.clip_grad_norm_(w.values(), 1)
    optimizer.step()
if len(given["batches"]) == given["steps"]:
    found = held_out()
with torch.no_grad():
    written = write(held[0], held[1][0][0]) if given["kind"] == "translate" else None
print(json.dumps({"loss": found, "written": written}))
