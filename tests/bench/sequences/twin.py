"""The PyTorch twin of a preset: the network, batches, optimizer, schedule and early stopping of `hindcast train`, on the samples that it encoded.

Called by `npm run bench -- sequences TASK --data PATH --twin PYTHON`, which writes FOLDER/twin.json and twin.bin and reads twin-result.json.
"""
import argparse
import copy
import json
import math
import os
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

TOKEN_SPREAD, ATTENTION_SPREAD = 1.0, 0.02
BLOCK_BATCHES = 50
WARM_UP, TIMED = 20, 100


def sine_positions(steps: int, units: int) -> torch.Tensor:
    rate = torch.exp(-math.log(10_000) * torch.arange(0, units, 2) / units)
    angle = torch.arange(steps)[:, None] * rate[None]
    return torch.stack([angle.sin(), angle.cos()], 2).reshape(steps, units)


class Attention(nn.Module):
    def __init__(self, inputs: int, model: dict, steps: int):
        super().__init__()
        units = model["units"]
        layer = nn.TransformerEncoderLayer(
            units, model["heads"], model["feedForward"] or 4 * units, model["dropout"], model["activation"],
            batch_first=True, norm_first=model["normalization"] == "pre",
        )
        norm = nn.LayerNorm(units) if model["normalization"] == "pre" else None
        self.blocks = nn.TransformerEncoder(layer, model["layers"], norm, enable_nested_tensor=False)
        self.dropout = nn.Dropout(model["dropout"])
        self.register_buffer("positions", sine_positions(steps, units))
        self.width = units

    def forward(self, x, lengths, padding):
        x = self.dropout(x + self.positions[: x.shape[1]])
        states = self.blocks(x, src_key_padding_mask=padding)
        return states, states[torch.arange(len(x)), lengths - 1]


class Recurrent(nn.Module):
    def __init__(self, inputs: int, model: dict, steps: int):
        super().__init__()
        kind = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[model["kind"]]
        self.two = model["bidirectional"]
        dropout = model["dropout"] if model["layers"] > 1 else 0
        self.body = kind(inputs, model["units"], model["layers"], batch_first=True, dropout=dropout, bidirectional=self.two)
        self.width = model["units"] * (2 if self.two else 1)

    def forward(self, x, lengths, padding):
        if padding is None:
            states, final = self.body(x)
        else:
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            states, final = self.body(packed)
            states, _ = nn.utils.rnn.pad_packed_sequence(states, batch_first=True, total_length=x.shape[1])
        final = final[0] if isinstance(final, tuple) else final
        return states, torch.cat([final[-2], final[-1]], 1) if self.two else final[-1]


class Dense(nn.Module):
    def __init__(self, inputs: int, model: dict, steps: int):
        super().__init__()
        activation = nn.ReLU if model["activation"] == "relu" else nn.Tanh
        widths = [inputs] + [model["units"]] * model["layers"]
        layers = [nn.Sequential(nn.Linear(a, b), activation(), nn.Dropout(model["dropout"])) for a, b in zip(widths, widths[1:])]
        # What is read of the last layer is dropped by the classifier.
        self.layers = nn.Sequential(*layers)
        if layers:
            self.layers[-1][2] = nn.Identity()
        self.width = widths[-1]

    def forward(self, x, lengths, padding):
        states = self.layers(x)
        return states, states[torch.arange(len(x)), lengths - 1]


BODIES = {"attention": Attention, "dense": Dense, "rnn": Recurrent, "gru": Recurrent, "lstm": Recurrent}


class Classifier(nn.Module):
    def __init__(self, given: dict, steps: int):
        super().__init__()
        model, task, shape = given["experiment"]["model"], given["experiment"]["task"], given["shape"]
        is_attention = model["kind"] == "attention"
        self.tokens = shape["kind"] == "tokens"
        if self.tokens:
            width = model["units"] if is_attention else shape["embedding"]
            self.reader = nn.Embedding(shape["tokens"], width)
            spread = ATTENTION_SPREAD if is_attention else TOKEN_SPREAD
            nn.init.uniform_(self.reader.weight, -spread, spread)
        else:
            width = model["units"] if is_attention else shape["channels"]
            self.reader = nn.Linear(shape["channels"], width) if is_attention else nn.Identity()
        self.body = BODIES[model["kind"]](width, model, steps)
        self.readout = task["readout"]
        width = self.body.width * (steps if self.readout == "flatten" else 1)
        if self.readout == "attention":
            self.key, self.query = nn.Linear(width, width), nn.Linear(width, 1, bias=False)
        self.dropout = nn.Dropout(model["dropout"])
        self.head = nn.Linear(width, given["classes"])

    def forward(self, x, lengths):
        padding = torch.arange(x.shape[1])[None] >= lengths[:, None]
        padding = padding if bool(padding.any()) else None
        states, last = self.body(self.reader(x), lengths, padding)
        return self.head(self.dropout(self.read(states, last, lengths, padding)))

    def read(self, states, last, lengths, padding):
        if self.readout == "last":
            return last
        if self.readout == "flatten":
            return states.flatten(1)
        if self.readout == "max":
            return (states if padding is None else states.masked_fill(padding[:, :, None], -math.inf)).amax(1)
        if self.readout == "mean":
            kept = states if padding is None else states.masked_fill(padding[:, :, None], 0)
            return kept.sum(1) / lengths[:, None]
        score = self.query(torch.tanh(self.key(states)))[:, :, 0]
        score = score if padding is None else score.masked_fill(padding, -math.inf)
        return (score.softmax(1)[:, :, None] * states).sum(1)


def read(folder: str):
    given = json.load(open(os.path.join(folder, "twin.json"), encoding="utf-8"))
    values = np.fromfile(os.path.join(folder, "twin.bin"), np.float32)
    channels = 1 if given["shape"]["kind"] == "tokens" else given["shape"]["channels"]
    parts: dict[str, list] = {"train": [], "validation": [], "test": []}
    at = 0
    for sample in given["samples"]:
        found = torch.from_numpy(values[at : at + sample["length"] * channels].copy())
        at += sample["length"] * channels
        found = found.long() if channels == 1 and given["shape"]["kind"] == "tokens" else found.reshape(-1, channels)
        parts[sample["part"]].append((found, sample["label"]))
    return given, parts


def bucketed(order: list, samples: list, batch: int) -> list:
    """Samples of similar length into one batch, as the loop of Hindcast does."""
    result = []
    for at in range(0, len(order), BLOCK_BATCHES * batch):
        block = sorted(order[at : at + BLOCK_BATCHES * batch], key=lambda one: len(samples[one][0]))
        cut = [block[i : i + batch] for i in range(0, len(block), batch)]
        last = [cut.pop()] if len(cut[-1]) < batch else []
        result += [cut[i] for i in torch.randperm(len(cut)).tolist()] + last
    return result


def tensors(samples, rows, unknown: float = 0):
    """`unknown`: the share of tokens that are read as the unknown one, number 0."""
    some = [samples[row] for row in rows]
    x = nn.utils.rnn.pad_sequence([one for one, _ in some], batch_first=True)
    if unknown > 0:
        x = x.masked_fill(torch.rand(x.shape) < unknown, 0)
    return x, torch.tensor([len(one) for one, _ in some]), torch.tensor([label for _, label in some])


@torch.no_grad()
def score(model, samples):
    model.eval()
    loss = right = 0.0
    for at in range(0, len(samples), 64):
        x, lengths, labels = tensors(samples, range(at, min(len(samples), at + 64)))
        logits = model(x, lengths)
        loss += F.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(1) == labels).sum().item()
    return loss / len(samples), right / len(samples)


class Trainer:
    """A model with its optimizer and schedule."""

    def __init__(self, given, parts, seed: int):
        torch.manual_seed(seed)
        training = given["experiment"]["training"]
        self.samples, self.batch = parts["train"], training["batchSize"]
        self.clip, self.smoothing = training["clipNorm"], given["experiment"]["task"]["labelSmoothing"]
        self.model = Classifier(given, max(sample["length"] for sample in given["samples"]))
        optimizer = training["optimizer"]
        self.unknown = given["experiment"]["task"]["augment"]["unknownTokens"]
        self.optimizer = (
            torch.optim.AdamW(self.model.parameters(), optimizer["learningRate"], weight_decay=optimizer["weightDecay"])
            if optimizer["kind"] == "adamw"
            else torch.optim.Adam(self.model.parameters(), optimizer["learningRate"])
        )
        steps = training["epochs"] * math.ceil(len(self.samples) / self.batch)
        cosine = lambda step: 0.5 * (1 + math.cos(math.pi * step / steps))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, cosine)

    def epoch(self):
        """One step at each `next`."""
        self.model.train()
        for rows in bucketed(torch.randperm(len(self.samples)).tolist(), self.samples, self.batch):
            x, lengths, labels = tensors(self.samples, rows, self.unknown)
            self.optimizer.zero_grad()
            F.cross_entropy(self.model(x, lengths), labels, label_smoothing=self.smoothing).backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), self.clip)
            self.optimizer.step()
            self.schedule.step()
            yield


def train(given, parts, seed: int):
    training, by_loss = given["experiment"]["training"], given["experiment"]["task"]["bestBy"] == "loss"
    trainer = Trainer(given, parts, seed)
    best, idle = (math.inf, None), 0
    for _ in range(training["epochs"]):
        for _ in trainer.epoch():
            pass
        loss, accuracy = score(trainer.model, parts["validation"])
        watched = loss if by_loss else -accuracy
        if watched < best[0]:
            best, idle = (watched, copy.deepcopy(trainer.model.state_dict())), 0
        else:
            idle += 1
        if idle == training["earlyStopping"]["patience"]:
            break
    trainer.model.load_state_dict(best[1])
    return score(trainer.model, parts["validation"])[1], score(trainer.model, parts["test"])[1]


def step_milliseconds(given, parts) -> float:
    """Of CPU time; as many steps as bench.ts times of Hindcast."""
    trainer = Trainer(given, parts, 1)
    steps = min(math.ceil(len(trainer.samples) / trainer.batch), WARM_UP + TIMED)
    warm = min(WARM_UP, steps // 2)
    epoch = trainer.epoch()
    for _ in range(warm):
        next(epoch)
    began = time.process_time()
    for _ in range(steps - warm):
        next(epoch)
    return 1_000 * (time.process_time() - began) / (steps - warm)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("folder")
    options.add_argument("--seeds", type=int, default=3)
    asked = options.parse_args()
    torch.set_num_threads(1)
    given, parts = read(asked.folder)
    step = step_milliseconds(given, parts)
    found = []
    for seed in range(1, asked.seeds + 1):
        validation, test = train(given, parts, seed)
        found.append(test)
        print(f"  PyTorch seed {seed}: accuracy {test:.4f} (validation {validation:.4f})", flush=True)
    json.dump({"accuracies": found, "stepMs": step}, open(os.path.join(asked.folder, "twin-result.json"), "w"))
