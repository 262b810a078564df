# Writes importance.json: what Optuna's PED-ANOVA makes of random trials, some of whose fields are there for one kind only.
# Run: python3 importance.py > importance.json   (needs optuna 5.0.0)
import json
import math
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
rng = np.random.default_rng(3)
SPACE = {
    "rate": (dict(kind="log", min=1e-4, max=1e-1), FloatDistribution(1e-4, 1e-1, log=True)),
    "dropout": (dict(kind="step", min=0, max=0.5, step=0.1), FloatDistribution(0, 0.5, step=0.1)),
    "units": (dict(kind="int", min=1, max=200, step=1), IntDistribution(1, 200)),
    "size": (dict(kind="log-int", min=1, max=300), IntDistribution(1, 300, log=True)),
    "kind": (dict(kind="categorical", values=["gru", "lstm", "rnn"]), CategoricalDistribution(["gru", "lstm", "rnn"])),
    "bias": (dict(kind="linear", min=-1, max=1), FloatDistribution(-1, 1)),
}


def values_of():
    values = {
        "rate": float(10 ** rng.uniform(-4, -1)),
        "dropout": round(int(rng.integers(0, 6)) * 0.1, 10),
        "units": int(rng.integers(1, 201)),
        "size": int(round(math.exp(rng.uniform(0, math.log(300))))),
        "kind": str(rng.choice(["gru", "lstm", "rnn"])),
    }
    if values["kind"] == "lstm":
        values["bias"] = float(rng.uniform(-1, 1))
    return values


def case(count):
    study = optuna.create_study()
    trials = []
    for _ in range(count):
        values = values_of()
        loss = (math.log10(values["rate"]) + 2.5) ** 2 + values["units"] / 400 + (values["kind"] == "gru") + values.get("bias", 0)
        loss = round(loss + rng.uniform(0, 0.3), 1)
        trials.append({"values": values, "rank": loss})
        distributions = {name: SPACE[name][1] for name in values}
        study.add_trial(optuna.trial.create_trial(params=values, distributions=distributions, value=loss))
    shares = get_param_importances(study, evaluator=PedAnovaImportanceEvaluator())
    return {"trials": trials, "shares": shares}


cases = [case(count) for count in (25, 60, 150)]
print(json.dumps({"space": {name: one for name, (one, _) in SPACE.items()}, "cases": cases}, separators=(",", ":")))
