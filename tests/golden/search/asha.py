# Writes asha.json: decisions of Optuna's successive halving over random interleavings of trials that train at the same time. Losses are the
# lowest so far, as a trial is judged by them; some are equal.
# Run: python3 asha.py > asha.json   (needs optuna 5.0.0)
import json

import numpy as np
import optuna
from optuna.pruners import SuccessiveHalvingPruner

optuna.logging.set_verbosity(optuna.logging.ERROR)
rng = np.random.default_rng(11)
EPOCHS = 27
CASES = [(1, 3), (2, 2), (1, 4), (3, 3), (1, 2)]


def interleaving(min_epochs, factor, at_once):
    pruner = SuccessiveHalvingPruner(min_resource=min_epochs, reduction_factor=factor)
    study = optuna.create_study(pruner=pruner)
    running, reports, begun = {}, [], 0
    while begun < 40 or running:
        while begun < 40 and len(running) < at_once:
            begun += 1
            running[begun] = (study.ask(), 0, 9.0)
        number = int(rng.choice(list(running)))
        trial, epoch, best = running[number]
        epoch, best = epoch + 1, min(best, round(float(rng.uniform(0, 4)) / (epoch + 1), 2))
        trial.report(best, epoch)
        prune = trial.should_prune()
        reports.append([number, best, 1 if prune else 0])
        running[number] = (trial, epoch, best)
        if prune or epoch == EPOCHS:
            state = optuna.trial.TrialState.PRUNED if prune else optuna.trial.TrialState.COMPLETE
            study.tell(trial, None if prune else best, state=state)
            del running[number]
    return {"minEpochs": min_epochs, "factor": factor, "epochs": EPOCHS, "reports": reports}


result = [interleaving(*case, at_once) for case in CASES for at_once in (1, 4, 9)]
print("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in result) + "\n]")
