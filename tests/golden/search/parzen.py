# Writes parzen.json: log densities of Optuna's Parzen estimator, and what its TPE reaches on a function of four mixed parameters.
# Sorting is made stable first: with tied observations the densities otherwise depend on the order of an unstable sort.
# Run: python3 parzen.py > parzen.json   (needs optuna 5.0.0)
import json
import math
import warnings

import numpy as np
import optuna
import optuna.samplers._tpe.parzen_estimator as parzen
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


class StableNumpy:
    def __getattr__(self, name):
        return getattr(np, name)

    def argsort(self, values):
        return np.argsort(values, kind="stable")


parzen.np = StableNumpy()
rng = np.random.default_rng(5)
OPTIONS = parzen._ParzenEstimatorParameters(1.0, True, False, optuna.samplers._tpe.sampler.default_weights, True)

DIMENSIONS = {
    "linear": (dict(kind="linear", min=-2, max=5), FloatDistribution(-2, 5)),
    "log": (dict(kind="log", min=1e-5, max=1e-1), FloatDistribution(1e-5, 1e-1, log=True)),
    "int": (dict(kind="int", min=2, max=12, step=1), IntDistribution(2, 12)),
    "int-step": (dict(kind="int", min=8, max=67, step=8), IntDistribution(8, 64, step=8)),
    "log-int": (dict(kind="log-int", min=1, max=300), IntDistribution(1, 300, log=True)),
    "step": (dict(kind="step", min=0, max=0.5, step=0.1), FloatDistribution(0, 0.5, step=0.1)),
    "categorical": (dict(kind="categorical", values=["a", "b", "c"]), CategoricalDistribution(["a", "b", "c"])),
}


def draw(distribution, count):
    """Internal values; half of the numbers near one of the ends, so that some tie and some are far in a tail."""
    if isinstance(distribution, CategoricalDistribution):
        return rng.integers(0, 3, count).astype(float)
    low, high = distribution.low, distribution.high
    where = np.where(rng.random(count) < 0.5, rng.beta(1, 12, count), rng.random(count))
    if distribution.log:
        values = np.exp(np.log(low) + where * (np.log(high) - np.log(low)))
    else:
        values = low + where * (high - low)
    if distribution.step is not None:
        values = low + np.round((values - low) / distribution.step) * distribution.step
        values = np.array([float(f"{value:.12g}") for value in values])
    return np.clip(values, low, high)


def external(dimension, values):
    return [dimension["values"][int(v)] if dimension["kind"] == "categorical" else v for v in values]


def case(names, count):
    space = {name: DIMENSIONS[name][1] for name in names}
    observed = {name: draw(space[name], count) for name in names}
    asked = {name: draw(space[name], 6) for name in names}
    density = parzen._ParzenEstimator(observed, space, OPTIONS).log_pdf(asked)
    show = lambda drawn: {name: external(DIMENSIONS[name][0], drawn[name]) for name in names}
    return dict(names=names, observed=show(observed), asked=show(asked), logDensity=density.tolist())


COUNTS = [0, 1, 2, 7, 24, 25, 26, 27, 60]
cases = [case([name], count) for name in DIMENSIONS for count in COUNTS]
cases += [case(list(DIMENSIONS), count) for count in COUNTS]


def regret(seed):
    def objective(trial):
        rate = trial.suggest_float("rate", 1e-5, 1, log=True)
        dropout = trial.suggest_float("dropout", 0, 0.9)
        units = trial.suggest_int("units", 1, 64)
        activation = trial.suggest_categorical("activation", ["tanh", "relu"])
        return (
            (math.log10(rate) + 2.5) ** 2 / 4
            + (dropout - 0.3) ** 2
            + ((units - 40) / 32) ** 2
            + (0.2 if activation == "tanh" else 0)
        )

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(objective, n_trials=40)
    return study.best_value


json.dump(
    dict(
        dimensions={name: dimension for name, (dimension, _) in DIMENSIONS.items()},
        cases=cases,
        regrets=[regret(seed) for seed in range(1, 31)],
    ),
    __import__("sys").stdout,
)
print()
