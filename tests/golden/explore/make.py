# Golden values of the explorer's analyses: python3 tests/golden/explore/make.py (statsmodels 0.15.0, scipy 1.17.1).
import json
import os
import warnings

import numpy as np
from scipy.signal import periodogram
from statsmodels.tsa.stattools import acf, adfuller, kpss, pacf

warnings.simplefilter("ignore")
rng = np.random.default_rng(18)
noise = rng.standard_normal(256)
walk = np.cumsum(noise)
ar = np.zeros(256)
for i in range(1, 256):
    ar[i] = 0.6 * ar[i - 1] + noise[i]
season = 3 * np.sin(2 * np.pi * np.arange(256) / 24) + noise
gaps = season.copy()
gaps[[5, 6, 7, 100, 233]] = np.nan


def tests_of(x):
    a = adfuller(x, regression="c", autolag="AIC")
    k = kpss(x, regression="c", nlags="auto")
    return {
        "adf": {"statistic": float(a[0]), "p": float(a[1]), "lags": int(a[2])},
        "kpss": {"statistic": float(k[0]), "p": float(k[1]), "lags": int(k[2])},
    }


def listed(x):
    return [None if np.isnan(v) else float(v) for v in x]


out = []
for name, x in {"noise": noise, "walk": walk, "ar": ar, "season": season}.items():
    out.append(
        {
            "name": name,
            "values": listed(x),
            "acf": listed(acf(x, nlags=48, adjusted=False, fft=False)),
            "pacf": listed(pacf(x, nlags=48, method="ldb")),
            "power": listed(periodogram(x, detrend="constant", scaling="density", fs=1)[1]),
            **tests_of(x),
        }
    )
out.append(
    {
        "name": "gaps",
        "values": listed(gaps),
        "acf": listed(acf(gaps, nlags=48, adjusted=False, fft=False, missing="conservative")),
    }
)
with open(os.path.join(os.path.dirname(__file__), "golden.json"), "w") as file:
    json.dump(out, file)
    file.write("\n")
