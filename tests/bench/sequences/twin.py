"""The PyTorch twin of the presets of texts: the same network, batches, optimizer, schedule and early stopping as `hindcast train`.

pip install torch; python twin.py DATA.csv --input name --label gender [--part part] [--seeds 3]
A column `part` (train, validation, test) makes both programs learn and score the same samples; hindcast import reads it by itself.
"""
import argparse
import copy
import csv
import math
import statistics
import time
import unicodedata

import torch
from torch import nn

UNITS, EMBEDDING, BATCH, EPOCHS, PATIENCE, RATE, SPREAD = 64, 32, 32, 20, 4, 0.003, 1.0


class Classifier(nn.Module):
    def __init__(self, tokens: int, classes: int):
        super().__init__()
        self.table = nn.Embedding(tokens + 1, EMBEDDING, padding_idx=0)
        nn.init.uniform_(self.table.weight, -SPREAD, SPREAD)
        self.body = nn.GRU(EMBEDDING, UNITS, batch_first=True, bidirectional=True)
        self.head = nn.Linear(2 * UNITS, classes)

    def forward(self, tokens: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        packed = nn.utils.rnn.pack_padded_sequence(
            self.table(tokens), lengths, batch_first=True, enforce_sorted=False
        )
        states, _ = nn.utils.rnn.pad_packed_sequence(self.body(packed)[0], batch_first=True)
        mask = torch.arange(states.shape[1])[None, :] >= lengths[:, None]
        return self.head(states.masked_fill(mask[:, :, None], -math.inf).amax(1))


def read(path: str, input: str, label: str, part: str):
    rows = list(csv.DictReader(open(path, encoding="utf-8")))
    parts = {name: [] for name in ("train", "validation", "test")}
    for row in rows:
        text = unicodedata.normalize("NFC", row[input]).lower()
        parts[row[part]].append((text, row[label]))
    counts: dict[str, int] = {}
    for text, _ in parts["train"]:
        for letter in text:
            counts[letter] = counts.get(letter, 0) + 1
    known = sorted((letter for letter in counts if counts[letter] >= 2), key=lambda one: (-counts[one], one))
    numbers = {letter: index + 2 for index, letter in enumerate(known)}  # 0: padding, 1: unknown
    classes = sorted({one for _, one in parts["train"]})
    encoded = {
        name: [(torch.tensor([numbers.get(c, 1) for c in text] or [1]), classes.index(one)) for text, one in some]
        for name, some in parts.items()
    }
    return encoded, len(known) + 1, len(classes)


def batches(samples, order):
    for at in range(0, len(order), BATCH):
        some = [samples[index] for index in order[at : at + BATCH]]
        tokens = nn.utils.rnn.pad_sequence([one for one, _ in some], batch_first=True)
        yield tokens, torch.tensor([len(one) for one, _ in some]), torch.tensor([label for _, label in some])


@torch.no_grad()
def score(model, samples):
    model.eval()
    loss = right = 0.0
    for tokens, lengths, labels in batches(samples, range(len(samples))):
        logits = model(tokens, lengths)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(1) == labels).sum().item()
    return loss / len(samples), right / len(samples)


def train(data, tokens: int, classes: int, seed: int):
    torch.manual_seed(seed)
    model = Classifier(tokens, classes)
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    steps = EPOCHS * math.ceil(len(data["train"]) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * step / steps)))
    best, idle, seconds, done = (math.inf, None), 0, 0.0, 0
    for _ in range(EPOCHS):
        model.train()
        began = time.perf_counter()
        for inputs, lengths, labels in batches(data["train"], torch.randperm(len(data["train"])).tolist()):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(inputs, lengths), labels).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1)
            optimizer.step()
            schedule.step()
            done += 1
        seconds += time.perf_counter() - began
        loss, _ = score(model, data["validation"])
        if loss < best[0]:
            best, idle = (loss, copy.deepcopy(model.state_dict())), 0
        else:
            idle += 1
        if idle == PATIENCE:
            break
    model.load_state_dict(best[1])
    return score(model, data["validation"])[1], score(model, data["test"])[1], 1_000 * seconds / done


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("data")
    options.add_argument("--input", required=True)
    options.add_argument("--label", required=True)
    options.add_argument("--part", default="part")
    options.add_argument("--seeds", type=int, default=3)
    given = options.parse_args()
    torch.set_num_threads(1)
    data, tokens, classes = read(given.data, given.input, given.label, given.part)
    found = []
    for seed in range(1, given.seeds + 1):
        validation, test, step = train(data, tokens, classes, seed)
        found.append(test)
        print(f"seed {seed}: validation {validation:.4f}, test {test:.4f}, {step:.1f} ms a step", flush=True)
    print(f"test {statistics.mean(found):.4f} +- {statistics.stdev(found) if len(found) > 1 else 0:.4f}")
