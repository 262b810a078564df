# Writes quantiles.json: quantile forecasts of two series, their scores by each metric of quantiles, and conformal quantiles of errors.
# CRPS from quantiles follows crps_quantile of scoringrules (twice the mean pinball loss), with a weight for each level where they are
# not evenly spaced; the closed form of a normal distribution is crps_norm of scoringrules.
# Run: python3 quantiles.py > quantiles.json   (needs numpy)
import json
import math
import numpy as np

rng = np.random.default_rng(5)
TRAIN, VALIDATION, TEST, HORIZON = 40, 40, 24, 2
LEVELS = np.array([0.1, 0.25, 0.5, 0.8, 0.9])
EDGES = np.concatenate([[0], (LEVELS[1:] + LEVELS[:-1]) / 2, [1]])
NAMES = ["a", "b"]

def make(level, size):
    rows = np.arange(TRAIN + VALIDATION + TEST)
    y = level + size * np.sin(2 * np.pi * rows / 6) + rng.normal(0, size / 3, rows.size)
    y[rng.random(rows.size) < 0.08] = np.nan
    return np.round(y, 3)

data = {"a": make(20, 3), "b": make(-90, 40)}
truth, quantiles, owner = [], [], []
for name in NAMES:
    y = data[name]
    for origin in range(TRAIN + VALIDATION - 1, y.size - HORIZON):
        for step in range(1, HORIZON + 1):
            middle = np.nanmean(y[: origin + 1])
            q = np.round(middle + np.sort(rng.normal(0, np.nanstd(y), LEVELS.size)), 3)
            truth.append(y[origin + step]); quantiles.append(q); owner.append(name)
truth, quantiles, owner = np.array(truth), np.array(quantiles), np.array(owner)

def scores(mask):
    y, q = truth[mask], quantiles[mask]
    keep = ~np.isnan(y)
    y, q = y[keep], q[keep]
    below = (y[:, None] < q).astype(float)
    pinball = (below - LEVELS) * (q - y[:, None])  # as scoringrules.quantile_score
    low, high = q[:, 0], q[:, -1]
    alpha = 1 - (LEVELS[-1] - LEVELS[0])
    return {
        "crps": float((2 * pinball * np.diff(EDGES)).sum(axis=1).mean()),
        "pinball": float(pinball.mean()),
        "wql": float((2 * pinball.sum(axis=0) / np.abs(y).sum()).mean()),
        "coverage": float(((low <= y) & (y <= high)).mean()),
        "width": float((high - low).mean()),
        "interval-score": float((high - low + 2 / alpha * np.clip(low - y, 0, None) + 2 / alpha * np.clip(y - high, 0, None)).mean()),
    }

def crps_normal(mean, deviation, y):
    z = (y - mean) / deviation
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    below = (1 + math.erf(z / math.sqrt(2))) / 2
    return deviation * (z * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi))

def conformal(errors, level):
    # numpy's method "higher" of the errors and one more at infinity (below the median: "lower", at minus infinity).
    if level > 0.5: return float(np.quantile(np.append(errors, np.inf), level, method="inverted_cdf"))
    return -conformal(-errors, 1 - level)

errors = np.round(rng.normal(1, 2, 23), 4)
clean = lambda y: [None if np.isnan(v) else float(v) for v in y]
print(json.dumps({
    "split": {"train": TRAIN, "validation": VALIDATION, "test": TEST}, "horizon": HORIZON, "levels": LEVELS.tolist(),
    "series": {name: clean(data[name]) for name in NAMES},
    "quantiles": quantiles.tolist(),
    "all": scores(np.full(truth.size, True)), "bySeries": {name: scores(owner == name) for name in NAMES},
    "normal": [{"mean": m, "deviation": d, "truth": y, "crps": crps_normal(m, d, y)} for m, d, y in [(0, 1, 0), (0, 1, 2), (10, 3, 4.5), (-2, 0.5, -2.4)]],
    "errors": errors.tolist(),
    "conformal": [{"level": level, "move": conformal(errors, level)} for level in [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95]],
}))
