"""Fills a store with everything Optuna can put there."""

import sqlite3
import sys

import optuna
from optuna.distributions import CategoricalDistribution
from optuna.distributions import FloatDistribution
from optuna.distributions import IntDistribution
from optuna.trial import TrialState
from optuna.trial import create_trial

from stores import open_store

url = sys.argv[1]
storage = open_store(url)


def objective(trial):
    x = trial.suggest_float("x", -10, 10)
    trial.suggest_float("lr ü", 1e-5, 0.1, log=True)
    trial.suggest_float("coarse", 0, 1, step=0.3)
    n = trial.suggest_int("n", 1, 9, step=2)
    trial.suggest_int("width", 1, 1024, log=True)
    kind = trial.suggest_categorical("kind", [None, True, 2, 2.5, "a\"b\\ž", float("inf")])
    if trial.number % 2:
        trial.suggest_float("a conditional one", 0, 1)
    for step, value in enumerate([x, float("nan"), float("inf"), -float("inf"), 0.1 + 0.2]):
        trial.report(value, step * step)
    trial.set_user_attr("nested", {"b": [1, 2.0, None, float("nan")], "a": "ž🐎\n"})
    trial.set_user_attr("kind", repr(kind))
    if trial.number % 7 == 3:
        raise ValueError("no luck")
    if trial.number % 7 == 5:
        raise optuna.TrialPruned()
    return x * x + n


first = optuna.create_study(storage=storage, study_name="first ž 'one'", sampler=optuna.samplers.RandomSampler(seed=1))
first.set_user_attr("who", "žluťoučký")
first.set_user_attr("list", [1, "2", {"three": float("-inf")}])
first.set_system_attr("of the system", 1e100)
first.optimize(objective, n_trials=12, catch=(ValueError,))

pareto = optuna.create_study(storage=storage, study_name="pareto", directions=["minimize", "maximize"])
for a, b in [(1.0, float("inf")), (-float("inf"), 2.0), (0.1, 1e-320)]:
    pareto.add_trial(
        create_trial(values=[a, b], params={"z": 3}, distributions={"z": IntDistribution(0, 5)}, system_attrs={"constraints": [0.5]})
    )
pareto.add_trial(create_trial(state=TrialState.FAIL))
pareto.add_trial(create_trial(state=TrialState.PRUNED, intermediate_values={3: 1.5}))

live = optuna.create_study(storage=storage, study_name="live", direction="maximize")
live.enqueue_trial({"x": 0.25, "c": "b"}, user_attrs={"queued": True})
running = live.ask()
running.suggest_categorical("c", ["a", "b"])
running.suggest_float("x", 0, 1)
running.report(0.5, 1)
live.ask({"x": FloatDistribution(0, 2), "c": CategoricalDistribution(["a", "b"])})
live.enqueue_trial({"x": 0.75})
live.tell(live.ask({"x": FloatDistribution(0, 2)}), 17)
live.enqueue_trial({"x": 0.125})

optuna.create_study(storage=storage, study_name="nothing yet").set_user_attr("a", None)

if url.startswith("sqlite:///"):
    # Databases that Optuna 2 filled hold its distributions.
    old = '{"name": "UniformDistribution", "attributes": {"low": -10.0, "high": 10.0}}'
    with sqlite3.connect(url[len("sqlite:///") :]) as database:
        database.execute("UPDATE trial_params SET distribution_json = ? WHERE param_name = 'x' AND trial_id <= 12", (old,))
