# Writes fitted.json: a monthly series for exponential smoothing, Theta and autoregression, against statsmodels, and a daily one with
# missing values for the climatology, against numpy. Forecasts from the end of the training part and from a later origin.
# Run: python3 fitted.py > fitted.json   (needs numpy and statsmodels)
import json
import numpy as np
from statsmodels.tsa.ar_model import AutoReg, ar_select_order
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

rng = np.random.default_rng(5)
HORIZON, SEASON, TRAIN, LATER = 15, 12, 120, 131
rows = np.arange(160)
level = 100 + np.cumsum(rng.normal(0.3, 1.5, rows.size))
monthly = np.round(level + 12 * np.sin(2 * np.pi * rows / SEASON) + 4 * np.cos(4 * np.pi * rows / SEASON) + rng.normal(0, 1, rows.size), 4)
training = monthly[:TRAIN]

# First states: means over the first three seasons.
means = np.array([training[k * SEASON:(k + 1) * SEASON].mean() for k in range(3)])
season = np.mean([training[k * SEASON:(k + 1) * SEASON] - means[k] for k in range(3)], axis=0)
trend = (means[2] - means[0]) / (2 * SEASON)
first = means[0] - trend * (SEASON + 1) / 2

def ets(values):
    # statsmodels lists the first season from the last row before the start backwards, or forwards: the likelier order is the right one.
    return ETSModel(values, error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=SEASON,
                    initialization_method="known", initial_level=first, initial_trend=trend, initial_seasonal=season)

best = ets(training).fit(disp=False, maxiter=5000)
named = dict(zip(best.model.param_names, best.params))
later = ets(monthly[:LATER]).smooth(best.params)

theta = ThetaModel(training, period=SEASON, deseasonalize=True, use_test=False, method="auto").fit()

MOST = max(int(10 * np.log10(TRAIN)), SEASON + 1)
# The best order by Akaike's criterion of those that are stationary: the best of all, 15, is not.
models = [AutoReg(training, p, hold_back=MOST).fit() for p in range(1, MOST + 1)]
assert len(ar_select_order(training, MOST, ic="aic").ar_lags) == 15
model = min((m for m in models if np.abs(np.roots(np.r_[1, -m.params[1:]])).max() < 1), key=lambda m: m.aic)
c, w = model.params[0], model.params[1:]

def autoregress(past, c, w):
    y = list(past)
    for _ in range(HORIZON): y.append(c + sum(w[i] * y[-1 - i] for i in range(len(w))))
    return y[-HORIZON:]

# Daily: waves of a week and a year by least squares.
DAYS, DAILY_TRAIN, START = 1150, 900, 946684800  # 2000-01-01
days = np.arange(DAYS)
daily = 10 + 8 * np.sin(2 * np.pi * (days - 100) / 365.2425) + 1.5 * np.sin(2 * np.pi * days / 7)
noise = np.zeros(DAYS)
for t in range(1, DAYS): noise[t] = 0.7 * noise[t - 1] + rng.normal(0, 1)
daily = np.round(daily + noise, 3)
daily[rng.random(DAYS) < 0.03] = np.nan
seconds = START + days * 86400.0
features = [np.ones(DAYS)]
for length, harmonics in ((7 * 86400, 3), (365.2425 * 86400, 4)):
    for k in range(1, harmonics + 1):
        if length / k >= 2.5 * 86400:
            features += [np.sin(2 * np.pi * k * seconds / length), np.cos(2 * np.pi * k * seconds / length)]
X = np.array(features).T
known = ~np.isnan(daily[:DAILY_TRAIN])
weights = np.linalg.lstsq(X[:DAILY_TRAIN][known], daily[:DAILY_TRAIN][known], rcond=None)[0]
usual = X @ weights
std = daily[:DAILY_TRAIN][known].std()
anomaly = (daily - usual) / std
at = np.flatnonzero(known)
bridged = np.interp(np.arange(DAILY_TRAIN), at, anomaly[:DAILY_TRAIN][known])
most = int(10 * np.log10(DAILY_TRAIN))
order = len(ar_select_order(bridged, most, ic="aic").ar_lags)
fitted = AutoReg(bridged, order, hold_back=most).fit().params
forward = anomaly.copy()
for t in range(DAYS):
    if np.isnan(forward[t]): forward[t] = forward[t - 1] if t else 0

def with_anomaly(origin):
    ahead = autoregress(forward[:origin + 1], fitted[0], fitted[1:])
    return list(usual[origin + 1:origin + 1 + HORIZON] + std * np.array(ahead))

clean = lambda y: [None if np.isnan(v) else float(v) for v in y]
print(json.dumps({
    "horizon": HORIZON, "season": SEASON, "train": TRAIN, "later": LATER - 1, "monthly": clean(monthly),
    "ets": {"alpha": named["smoothing_level"], "beta": named["smoothing_trend"], "gamma": named["smoothing_seasonal"], "phi": named["damping_trend"],
            "squares": float(best.sse), "start": {"level": first, "trend": trend, "season": list(season)},
            "forecasts": [list(best.forecast(HORIZON)), list(later.forecast(HORIZON))]},
    "theta": {"alpha": theta.params["alpha"], "drift": theta.params["b0"], "forecast": list(theta.forecast(HORIZON))},
    "ar": {"order": len(w), "forecasts": [autoregress(monthly[:TRAIN], c, w), autoregress(monthly[:LATER], c, w)],
           "statsmodels": list(model.forecast(HORIZON))},
    "daily": {"train": DAILY_TRAIN, "startSeconds": START, "values": clean(daily), "origins": [DAILY_TRAIN - 1, 1003], "order": order,
              "climatology": [list(usual[t + 1:t + 1 + HORIZON]) for t in (DAILY_TRAIN - 1, 1003)],
              "climatology-ar": [with_anomaly(t) for t in (DAILY_TRAIN - 1, 1003)]},
}))
