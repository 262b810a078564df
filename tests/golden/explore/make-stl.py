# Golden values of the decomposition: python3 tests/golden/explore/make-stl.py (statsmodels 0.15.0).
import json
import os

import numpy as np
from statsmodels.tsa.seasonal import STL

rng = np.random.default_rng(7)


def made(rows, period):
    i = np.arange(rows)
    return np.round(0.03 * i + 3 * np.sin(2 * np.pi * i / period) + rng.standard_normal(rows), 4)


out = []
for rows, period in [(120, 24), (45, 7), (17, 8), (40, 2)]:
    x = made(rows, period)
    fit = STL(x, period=period).fit()
    parts = {"trend": fit.trend, "seasonal": fit.seasonal, "residual": fit.resid}
    rounded = {name: [float(f"{v:.12g}") for v in part] for name, part in parts.items()}
    out.append({"period": period, "values": x.tolist(), **rounded})
with open(os.path.join(os.path.dirname(__file__), "stl.json"), "w") as file:
    json.dump(out, file)
    file.write("\n")
