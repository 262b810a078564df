# The experiment of bench.ts as a plain PyTorch script: trains, keeps the weights that validate best, scores the test part.
# Prints one line of JSON. usage: pytorch.py FILE THREADS SETTINGS
import json
import sys
import torch
from experiment import Model, Parts

path, threads, settings = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)
parts = Parts(path, settings)
model = Model(settings)
optimizer = torch.optim.Adam(model.parameters(), lr=settings["learningRate"])


def error(windows):
    inputs, targets = windows
    with torch.no_grad():
        squares = [((model(inputs[at:at + 256]) - targets[at:at + 256]) ** 2).sum() for at in range(0, len(inputs), 256)]
    return float(sum(squares)) / targets.numel()


x, y = parts.train
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
    if (found := error(parts.validation)) < best:
        best, kept = found, {name: value.clone() for name, value in model.state_dict().items()}
model.load_state_dict(kept)
print(json.dumps({"version": torch.__version__, "mse": error(parts.test)}))
