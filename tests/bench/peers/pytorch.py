# The experiment of bench.ts as a plain PyTorch script: reads the file, scales, makes windows, trains a GRU and scores the test part.
# Prints one line of JSON. usage: pytorch.py FILE THREADS SETTINGS
import csv
import json
import sys
import numpy as np
import torch

path, threads, settings = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
LOOKBACK, HORIZON, UNITS = settings["lookback"], settings["horizon"], settings["units"]
torch.set_num_threads(threads)
torch.manual_seed(1)

with open(path, newline="") as file:
    values = np.array([float(row[settings["target"]]) for row in csv.DictReader(file)], dtype=np.float64)
train, validation, test = settings["train"], settings["validation"], settings["test"]
mean, deviation = values[:train].mean(), values[:train].std()
scaled = torch.tensor((values - mean) / deviation, dtype=torch.float32)


def windows(first, last):
    """Inputs and targets less the last value of each window; targets lie in rows first to last - 1."""
    origins = torch.arange(max(first, LOOKBACK), last - HORIZON + 1)
    x = scaled[origins[:, None] + torch.arange(-LOOKBACK, 0)]
    y = scaled[origins[:, None] + torch.arange(HORIZON)]
    base = x[:, -1:]
    return (x - base)[:, :, None], y - base


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = torch.nn.GRU(1, UNITS, batch_first=True)
        self.out = torch.nn.Linear(UNITS, HORIZON)

    def forward(self, x):
        return self.out(self.gru(x)[0][:, -1])


model = Model()
optimizer = torch.optim.Adam(model.parameters(), lr=settings["learningRate"])
x, y = windows(0, train)
parts = {"validation": windows(train, train + validation), "test": windows(train + validation, train + validation + test)}


def error(part):
    with torch.no_grad():
        inputs, targets = parts[part]
        squares = [((model(inputs[at:at + 256]) - targets[at:at + 256]) ** 2).sum() for at in range(0, len(inputs), 256)]
        return float(sum(squares)) / targets.numel()


best, kept = float("inf"), None
for _ in range(settings["epochs"]):
    order = torch.randperm(len(x))
    for at in range(0, len(order), settings["batchSize"]):
        rows = order[at:at + settings["batchSize"]]
        loss = ((model(x[rows]) - y[rows]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    if (found := error("validation")) < best:
        best, kept = found, {name: value.clone() for name, value in model.state_dict().items()}
model.load_state_dict(kept)
print(json.dumps({"version": torch.__version__, "mse": error("test")}))
