# Writes significance.json: Diebold and Mariano with the correction of Harvey and others, Holm, and Ljung-Box, by numpy and scipy.
# Run: python3 significance.py > significance.json
import json
import numpy as np
from scipy import stats

rng = np.random.default_rng(11)

def moving(n, h):
    e = rng.normal(size=n + h)
    return np.convolve(e, np.ones(h) / h, mode="valid")[:n]

def diebold_mariano(d, h):
    n = len(d)
    m = d.mean()
    gamma = [np.dot(d[k:] - m, d[: n - k] - m) / n for k in range(h)]
    variance = gamma[0] + 2 * sum(gamma[1:])
    if variance <= 0:
        variance = gamma[0] + 2 * sum((1 - k / h) * gamma[k] for k in range(1, h))
    statistic = m / np.sqrt(variance / n) * np.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
    return statistic, 2 * stats.t.sf(abs(statistic), n - 1)

def ljung_box(x, lags):
    n = len(x)
    x = x - x.mean()
    rho = [np.dot(x[k:], x[: n - k]) / np.dot(x, x) for k in range(1, lags + 1)]
    q = n * (n + 2) * sum(r * r / (n - k) for k, r in enumerate(rho, 1))
    return rho, q, stats.chi2.sf(q, lags)

def holm(p):
    order = np.argsort(p)
    out = np.empty(len(p))
    largest = 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, (len(p) - rank) * p[index]))
        out[index] = largest
    return out.tolist()

cases = []
for n, h, shift in [(40, 1, 0.1), (120, 6, 0.05), (300, 24, -0.1), (25, 12, 0.4), (60, 5, 0.0)]:
    d = np.round(moving(n, h) + shift, 6)
    statistic, p = diebold_mariano(d, h)
    rho, q, pq = ljung_box(d, 10)
    cases.append({"differences": d.tolist(), "steps": h, "statistic": statistic, "p": p, "rho": rho, "q": q, "qp": pq})
raw = [0.01, 0.04, 0.03, 0.5, 0.0002]
print(json.dumps({"cases": cases, "tails": [[t, f, 2 * stats.t.sf(t, f)] for t, f in [(0.1, 3), (2.2, 9), (5, 40), (12, 300)]],
                  "chi": [[v, f, stats.chi2.sf(v, f)] for v, f in [(0.5, 3), (12, 10), (80, 20), (300, 200)]],
                  "holm": {"raw": raw, "adjusted": holm(raw)}}))
