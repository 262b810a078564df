# The experiment that PyTorch and Lightning share: the file, scaling, windows, the model.
import csv
import numpy as np
import torch


def read(path, column):
    with open(path, newline="") as file:
        return np.array([float(row[column]) for row in csv.DictReader(file)], dtype=np.float64)


class Parts:
    """Inputs and targets less the last value of each window, by part: [window, step, 1] and [window, step]."""

    def __init__(self, path, settings):
        values = read(path, settings["target"])
        self.lookback, self.horizon = settings["lookback"], settings["horizon"]
        train, validation, test = settings["train"], settings["validation"], settings["test"]
        mean, deviation = values[:train].mean(), values[:train].std()
        self.scaled = torch.tensor((values - mean) / deviation, dtype=torch.float32)
        self.train = self.windows(0, train)
        self.validation = self.windows(train, train + validation)
        self.test = self.windows(train + validation, train + validation + test)

    def windows(self, first, last):
        """Targets lie in the rows first to last - 1."""
        origins = torch.arange(max(first, self.lookback), last - self.horizon + 1)
        x = self.scaled[origins[:, None] + torch.arange(-self.lookback, 0)]
        y = self.scaled[origins[:, None] + torch.arange(self.horizon)]
        base = x[:, -1:]
        return (x - base)[:, :, None], y - base


class Model(torch.nn.Module):
    def __init__(self, settings):
        super().__init__()
        layer = {"gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[settings["model"]]
        self.layer = layer(1, settings["units"], batch_first=True)
        self.out = torch.nn.Linear(settings["units"], settings["horizon"])

    def forward(self, x):
        return self.out(self.layer(x)[0][:, -1])
