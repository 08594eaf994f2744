"""Prints what Optuna sees in a store: a line of JSON per study and per trial."""

import json
import sys
from datetime import timezone

from optuna.distributions import distribution_to_json

from stores import open_store


def moment(time):
    # Optuna hands out naive local times.
    return None if time is None else time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")


def attrs(values):
    return sorted([key, json.dumps(value)] for key, value in values.items())


storage = open_store(sys.argv[1])
for study in sorted(storage.get_all_studies(), key=lambda s: s.study_name):
    directions = [d.name for d in study.directions]
    print(json.dumps([study.study_name, directions, attrs(study.user_attrs), attrs(study.system_attrs)]))
    for t in storage.get_all_trials(study._study_id):
        params = [
            [name, t.distributions[name].to_internal_repr(value), distribution_to_json(t.distributions[name])]
            for name, value in sorted(t.params.items())
        ]
        reports = [[step, t.intermediate_values[step]] for step in sorted(t.intermediate_values)]
        print(
            json.dumps(
                [
                    t.number,
                    t.state.name,
                    [float(v) for v in t.values or []],
                    moment(t.datetime_start),
                    moment(t.datetime_complete),
                    [[name, float(value), text] for name, value, text in params],
                    attrs(t.user_attrs),
                    attrs(t.system_attrs),
                    [[step, float(value)] for step, value in reports],
                ]
            )
        )
