# Writes baselines.json: two series of two targets with missing values, and scores of the baselines that estimate something,
# computed window by window. Run: python3 baselines.py > baselines.json   (needs numpy)
import json
import numpy as np

rng = np.random.default_rng(7)
TRAIN, VALIDATION, TEST = 60, 40, 40
LOOKBACK, HORIZON = 14, 3
RIDGES = [1e-6, 1e-4, 1e-2, 1e-1, 1]

def make(level, slope, period):
    rows = np.arange(TRAIN + VALIDATION + TEST)
    out = []
    for target in range(2):
        y = level * (1 + target) + slope * rows + 3 * np.sin(2 * np.pi * rows / period + target) + rng.normal(0, 1.5, rows.size)
        y[rng.random(rows.size) < 0.08] = np.nan
        out.append(np.round(y, 4))
    return out

series = [make(10, 0.05, 12), make(500, -0.2, 9)]

def forward(y, start):
    out, last = y.copy(), start
    for t in range(y.size):
        if np.isnan(out[t]): out[t] = last
        last = out[t]
    return out

def bridged(y, known):
    out = known.copy()
    at = np.flatnonzero(~np.isnan(y))
    inside = np.arange(at[0], at[-1] + 1)
    out[inside] = np.interp(inside, at, y[at])
    return out

channels = []  # one of each series and target, scaled
for s in series:
    for y in s:
        training = y[:TRAIN][~np.isnan(y[:TRAIN])]
        mean, std = training.mean(), training.std()
        known = forward(y, mean)
        channels.append({"y": y, "mean": mean, "std": std, "raw": known, "known": (known - mean) / std,
                         "ahead": (bridged(y, known) - mean) / std})

def windows(first, last):
    X, Y = [], []
    for c in channels:
        for t in range(first, last + 1):
            v = c["known"]
            X.append([v[t - i] - v[t] for i in range(1, LOOKBACK)])
            Y.append([c["ahead"][t + h] - v[t] for h in range(1, HORIZON + 1)])
    return np.array(X), np.array(Y)

X, Y = windows(LOOKBACK - 1, TRAIN - HORIZON - 1)
XV, YV = windows(TRAIN - 1, TRAIN + VALIDATION - HORIZON - 1)

def ridge(strength):
    mx, my = X.mean(0), Y.mean(0)
    W = np.linalg.solve((X - mx).T @ (X - mx) + strength * np.eye(X.shape[1]), (X - mx).T @ (Y - my))
    return W, my - mx @ W

def linear(model):
    W, intercept = model
    return lambda c, t: c["raw"][t] + (np.array([c["known"][t - i] - c["known"][t] for i in range(1, LOOKBACK)]) @ W + intercept) * c["std"]

unit = np.mean(np.sum(X * X, axis=0))
choices = [ridge(share * unit) for share in RIDGES]
errors = [np.mean((XV @ W + b - YV) ** 2) for W, b in choices]
# Neither the weakest nor the strongest, so that the choice is tested too.
assert 0 < np.argmin(errors) < len(RIDGES) - 1, errors
chosen = choices[int(np.argmin(errors))]

# DLinear as it is defined: two maps, of the moving average of the window and of the rest, shrunk by one ridge.
KERNEL = 25
averages = np.array([[np.sum(np.clip(np.arange(r - KERNEL // 2, r + KERNEL // 2 + 1), 0, LOOKBACK - 1) == i) / KERNEL
                      for i in range(LOOKBACK)] for r in range(LOOKBACK)])

def parts(c, t):
    x = np.array([c["known"][t - i] for i in range(LOOKBACK)])
    return np.concatenate([x - averages @ x, averages @ x])

def whole(first, last):
    at = [(c, t) for c in channels for t in range(first, last + 1)]
    return np.array([parts(c, t) for c, t in at]), np.array([[c["ahead"][t + h] for h in range(1, HORIZON + 1)] for c, t in at])

Z, A = whole(LOOKBACK - 1, TRAIN - HORIZON - 1)
ZV, AV = whole(TRAIN - 1, TRAIN + VALIDATION - HORIZON - 1)

def two_maps(strength):
    mz, ma = Z.mean(0), A.mean(0)
    W = np.linalg.solve((Z - mz).T @ (Z - mz) + strength * np.eye(Z.shape[1]), (Z - mz).T @ (A - ma))
    return W, ma - mz @ W

both = [two_maps(share * np.sum(Z * Z) / LOOKBACK) for share in RIDGES]
def dlinear(model):
    W, intercept = model
    return lambda c, t: c["mean"] + c["std"] * (parts(c, t) @ W + intercept)

best = int(np.argmin([np.mean((ZV @ W + b - AV) ** 2) for W, b in both]))

def slope(values, how):
    training = values[:TRAIN]
    if how == "median":
        steps = np.diff(training)
        return np.median(steps[~np.isnan(steps)])
    at = np.flatnonzero(~np.isnan(training))
    return (training[at[-1]] - training[at[0]]) / (at[-1] - at[0])

ahead = np.arange(1, HORIZON + 1)
forecasts = {
    "drift-median": lambda c, t: c["raw"][t] + ahead * slope(c["y"], "median"),
    "drift-mean": lambda c, t: c["raw"][t] + ahead * slope(c["y"], "mean"),
    "mean": lambda c, t: np.full(HORIZON, c["mean"]),
    "linear": linear(chosen),
    "dlinear": dlinear(both[best]),
    "dlinear, ridge 50": dlinear(two_maps(50)),
    "linear, ridge 1e-3": linear(ridge(1e-3)),
}

def scores(forecast):
    found = []
    for c in channels:
        for t in range(TRAIN + VALIDATION - 1, TRAIN + VALIDATION + TEST - HORIZON):
            error = (forecast(c, t) - c["y"][t + 1:t + 1 + HORIZON]) / c["std"]
            found += list(error[~np.isnan(error)])
    found = np.array(found)
    return {"mse": float(np.mean(found ** 2)), "mae": float(np.mean(np.abs(found))), "count": int(found.size)}

clean = lambda y: [None if np.isnan(v) else float(v) for v in y]
print(json.dumps({
    "split": {"train": TRAIN, "validation": VALIDATION, "test": TEST}, "lookback": LOOKBACK, "horizon": HORIZON,
    "series": [[clean(y) for y in s] for s in series],
    "scores": {name: scores(forecast) for name, forecast in forecasts.items()},
}))
