# Writes metrics.json: three series of two targets with missing values, forecasts of the test windows, and their scores by each
# metric over all, by target, by step and by series, from one pandas table with a row for each scored value.
# Naive2 is that of the M4 competition's R script: its test of a season, decompose() of R by statsmodels, the last value without its season.
# Run: python3 metrics.py > metrics.json   (needs numpy, pandas, scikit-learn and statsmodels)
import json
import numpy as np
import pandas as pd
from sklearn.metrics import mean_absolute_percentage_error, r2_score
from statsmodels.tsa.seasonal import seasonal_decompose
from statsmodels.tsa.stattools import acf

rng = np.random.default_rng(11)
TRAIN, VALIDATION, TEST = 40, 20, 24
HORIZON, SEASON = 3, 4
NAMES, TARGETS = ["a", "b", "flat"], ["y", "z"]

def make(level, size):
    rows = np.arange(TRAIN + VALIDATION + TEST)
    y = level + size * np.sin(2 * np.pi * rows / SEASON) + rng.normal(0, size / 3, rows.size)
    y[rng.random(rows.size) < 0.1] = np.nan
    return np.round(y, 3)

data = {(s, t): make(*scale) for s, scales in zip(NAMES, [((20, 3), (900, 80)), ((5, 1), (40, 9)), ((7, 1), (60, 5))])
        for t, scale in zip(TARGETS, scales)}
data["flat", "y"][:TRAIN] = 7  # nothing to divide by: MASE and RMSSE leave it out
# A row that changes nothing has no direction.
data["a", "y"][TRAIN + VALIDATION] = data["a", "y"][TRAIN + VALIDATION - 1] = 21.5

def seasonal_of(y):
    y = pd.Series(y).interpolate(limit_direction="both").to_numpy()
    if len(y) < 3 * SEASON or y.std() == 0: return np.ones(SEASON)
    r = acf(y, nlags=SEASON, fft=False)[1:]
    limit = 1.645 / np.sqrt(len(y)) * np.sqrt(np.cumsum(np.concatenate([[1], 2 * r ** 2])))
    if abs(r[SEASON - 1]) <= limit[SEASON - 1]: return np.ones(SEASON)
    return seasonal_decompose(y, model="multiplicative", period=SEASON).seasonal[:SEASON]

rows, forecasts = [], []
factors = {key: seasonal_of(y[:TRAIN]) for key, y in data.items()}
assert sum(np.all(f == 1) for f in factors.values()) in range(1, len(factors) - 1)  # some with a season, some without
for s in NAMES:
    for origin in range(TRAIN + VALIDATION - 1, TRAIN + VALIDATION + TEST - HORIZON):
        for step in range(1, HORIZON + 1):
            for t in TARGETS:
                y = data[s, t]
                past = y[:origin + 1]
                last = past[~np.isnan(past)][-1]
                forecast = round(float(last + rng.normal(0, np.nanstd(y[:TRAIN]) + 0.3)), 3)
                forecasts.append(forecast)
                training = y[:TRAIN]
                seasonal = training[SEASON:] - training[:-SEASON]
                factor = factors[s, t]
                naive2 = last / factor[origin % SEASON] * factor[(origin + step) % SEASON]
                rows.append({"series": s, "naive2": naive2, "target": t, "step": step, "y": y[origin + step], "f": forecast, "last": last,
                             "mae": np.nanmean(np.abs(seasonal)), "mse": np.nanmean(seasonal ** 2)})
table = pd.DataFrame(rows).dropna(subset=["y"])

def explained(part):
    groups = [g for _, g in part.groupby(["series", "target"])]
    if len(groups) == 1: return r2_score(part.y, part.f)
    spread = sum(((g.y - g.y.mean()) ** 2).sum() for g in groups)
    return 1 - ((part.y - part.f) ** 2).sum() / spread

def direction(part):
    moved = part[part.y != part["last"]]
    return float((np.sign(moved.y - moved["last"]) == np.sign(moved.f - moved["last"])).mean())

def scores(part):
    e = part.f - part.y
    scaled = part[part.mae > 0]
    error = scaled.f - scaled.y
    sape = lambda of: (2 * (of - scaled.y).abs() / (of.abs() + scaled.y.abs())).mean()
    ase = lambda of: ((of - scaled.y).abs() / scaled.mae).mean()
    return {
        "owa": (sape(scaled.f) / sape(scaled.naive2) + ase(scaled.f) / ase(scaled.naive2)) / 2,
        "mae": e.abs().mean(), "mse": (e ** 2).mean(), "rmse": np.sqrt((e ** 2).mean()),
        "mase": (error.abs() / scaled.mae).mean(), "rmsse": np.sqrt((error ** 2 / scaled.mse).mean()),
        "smape": (2 * e.abs() / (part.y.abs() + part.f.abs())).mean(), "wape": e.abs().sum() / part.y.abs().sum(),
        "mape": mean_absolute_percentage_error(part.y, part.f), "bias": e.mean(), "r2": explained(part),
        "directional-accuracy": direction(part),
    }, len(part), len(scaled)

def named(part):
    values, count, scaled = scores(part)
    return {"values": {k: None if np.isnan(v) else float(v) for k, v in values.items()}, "count": count, "scaled": scaled}

clean = lambda y: [None if np.isnan(v) else float(v) for v in y]
print(json.dumps({
    "split": {"train": TRAIN, "validation": VALIDATION, "test": TEST}, "horizon": HORIZON, "season": SEASON,
    "series": {s: {t: clean(data[s, t]) for t in TARGETS} for s in NAMES},
    "forecasts": forecasts,
    "all": named(table),
    "byTarget": {t: named(table[table.target == t]) for t in TARGETS},
    "byStep": [named(table[table.step == h]) for h in range(1, HORIZON + 1)],
    "bySeries": {s: named(table[table.series == s]) for s in NAMES},
}))
