"""Works on with a study somebody else wrote: what it has is used, and its numbers go on."""

import json
import sys

import optuna

from stores import open_store

storage = open_store(sys.argv[1])
study = optuna.load_study(study_name=sys.argv[2], storage=storage, sampler=optuna.samplers.TPESampler(seed=3))
before = len(study.trials)
waiting = [t.number for t in study.trials if t.state == optuna.trial.TrialState.WAITING]
best = study.best_trial
print(json.dumps([best.number, best.value, study.best_params]))


def objective(trial):
    return trial.suggest_float("x", -10, 10) ** 2


study.optimize(objective, n_trials=3 + len(waiting))
print(json.dumps([t.number for t in study.trials[before:]]))
print(json.dumps([study.trials[n].state.name for n in waiting]))
