"""Draws small studies with Optuna's own plots and keeps trials and figures as JSON. See README.md."""
import datetime
import json
import math
import pathlib
import sys
import warnings

import optuna
from optuna import visualization as vis
from optuna.distributions import CategoricalDistribution as C
from optuna.distributions import distribution_to_json
from optuna.distributions import FloatDistribution as F
from optuna.distributions import IntDistribution as I
from optuna.terminator import BestValueStagnationEvaluator
from optuna.trial import create_trial, TrialState

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
START = datetime.datetime(2026, 1, 2, 3, 4, 5)
KEPT = ("type", "name", "mode", "x", "y", "z", "error_y", "base", "text", "hovertext", "customdata", "xaxis", "yaxis", "showlegend", "orientation", "fill", "connectgaps", "reversescale")
AXIS = ("title", "type", "range", "domain", "matches", "anchor", "showticklabels", "categoryarray", "categoryorder", "tickvals", "ticktext")


def trial(i, values, params, state=TrialState.COMPLETE, reports=None, constraints=None, attrs=None, seconds=10):
    t = create_trial(
        state=state, values=values if state == TrialState.COMPLETE else None,
        params={k: v for k, (v, _) in params.items()}, distributions={k: d for k, (_, d) in params.items()},
        user_attrs=attrs or {}, intermediate_values=reports or {},
        system_attrs={} if constraints is None else {"constraints": constraints})
    t.datetime_start = START + datetime.timedelta(seconds=11 * i) if state != TrialState.WAITING else None
    t.datetime_complete = t.datetime_start + datetime.timedelta(seconds=seconds) if state.is_finished() else None
    return t


def study(directions, trials, names=None, name="study"):
    s = optuna.create_study(directions=directions, study_name=name)
    if names:
        s.set_metric_names(names)
    s.add_trials(trials)
    return s


def wave(i, a=1.0):
    return round(math.sin(i * 12.9898 * a) * 0.5 + 0.5, 6)


X, Y, L, N = F(0, 1), F(-2, 2), F(1e-5, 1, log=True), I(1, 9)
KIND, WIDTH = C(["a", "b", None]), C([16, 32, 64])


def two(i):
    return {"x": (wave(i), X), "y": (4 * wave(i, 2) - 2, Y)}


def log(i):
    return {"lr": (round(10 ** (-5 * wave(i)), 8), L), "n": (1 + i % 9, N), "x": (wave(i, 3), X)}


def categorical(i):
    return {"kind": (["a", "b", None][i * i % 3], KIND), "width": ([16, 32, 64][(i * 7) % 5 % 3], WIDTH), "x": (wave(i), X)}


def conditional(i):
    p = {"kind": ("ab"[i % 2], C(["a", "b"])), "lr": (round(10 ** (-5 * wave(i)), 8), L)}
    p.update({"depth": (1 + i % 5, N)} if i % 2 else {"momentum": (wave(i, 2), X)})
    return p


def states(i):
    s = [TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAIL, TrialState.COMPLETE, TrialState.RUNNING][i % 5]
    return trial(i, [wave(i)], two(i), s, reports={k: wave(i + k) for k in range(i % 4)}, attrs={"note": f"n{i}", "list": [1, {"a": None}]} if i % 2 else None, seconds=5 + i)


INF = float("inf")
STUDIES = {
    "empty": study(["minimize"], []),
    "one": study(["minimize"], [trial(0, [0.5], two(3))]),
    "states": study(["maximize"], [states(i) for i in range(12)] + [trial(12, None, {}, TrialState.WAITING)]),
    "conditional": study(["minimize"], [trial(i, [wave(i, 5)], conditional(i)) for i in range(12)]),
    "categorical": study(["maximize"], [trial(i, [wave(i, 5)], categorical(i)) for i in range(12)], names=["accuracy"]),
    "log": study(["minimize"], [trial(i, [wave(i, 5)], log(i)) for i in range(12)]),
    "constrained": study(["minimize"], [trial(i, [wave(i, 5)], two(i), constraints=[wave(i, 4) - 0.6, -1.0], reports={0: wave(i), 3: 1.0}) for i in range(12)]),
    "nonfinite": study(["minimize"], [trial(i, [[wave(i), INF, wave(i), -INF][i % 4]], two(i), reports={0: [float("nan"), INF][i % 2], 1: 2.0}) for i in range(9)]),
    "objectives2": study(["minimize", "maximize"], [trial(i, [wave(i), wave(i, 2)], log(i), attrs={"i": i}) for i in range(12)], names=["loss", "score"]),
    "objectives2constrained": study(["minimize", "minimize"], [trial(i, [wave(i), wave(i, 2)], two(i), constraints=[wave(i, 4) - 0.6]) for i in range(12)]),
    "objectives2nonfinite": study(["minimize", "minimize"], [trial(i, [[wave(i), INF][i % 3 == 1], [wave(i, 2), -INF][i % 5 == 4]], two(i)) for i in range(9)]),
    "objectives2empty": study(["minimize", "minimize"], []),
    "objectives3": study(["minimize", "maximize", "minimize"], [trial(i, [wave(i), wave(i, 2), wave(i, 3)], categorical(i) if i % 3 else two(i)) for i in range(12)]),
    "other": study(["minimize"], [trial(i, [wave(i, 6)], two(i)) for i in range(7)], name="other"),
}
PLOTS = {
    "optimization_history": lambda s: vis.plot_optimization_history(s),
    "optimization_history of objective 1": lambda s: vis.plot_optimization_history(s, target=lambda t: t.values[-1], target_name="last"),
    "optimization_history beside other": lambda s: vis.plot_optimization_history([s, STUDIES["other"]]),
    "optimization_history with error bars": lambda s: vis.plot_optimization_history([s, STUDIES["other"]], error_bar=True),
    "intermediate_values": lambda s: vis.plot_intermediate_values(s),
    "parallel_coordinate": lambda s: vis.plot_parallel_coordinate(s),
    "contour": lambda s: vis.plot_contour(s),
    "contour of objective 1": lambda s: vis.plot_contour(s, target=lambda t: t.values[-1], target_name="last"),
    "slice": lambda s: vis.plot_slice(s),
    "slice of x": lambda s: vis.plot_slice(s, params=["x"]),
    "rank": lambda s: vis.plot_rank(s),
    "rank of objective 1": lambda s: vis.plot_rank(s, target=lambda t: t.values[-1], target_name="last"),
    "param_importances": lambda s: vis.plot_param_importances(s),
    "edf": lambda s: vis.plot_edf(s),
    "edf beside other": lambda s: vis.plot_edf([s, STUDIES["other"]]),
    "pareto_front": lambda s: vis.plot_pareto_front(s),
    "pareto_front without dominated": lambda s: vis.plot_pareto_front(s, include_dominated_trials=False, target_names=["f", "g"]),
    "hypervolume_history": lambda s: vis.plot_hypervolume_history(s, [2.0 if d.name == "MINIMIZE" else -1.0 for d in s.directions]),
    "timeline": lambda s: vis.plot_timeline(s),
    "timeline of 3": lambda s: vis.plot_timeline(s, n_recent_trials=3),
    "terminator_improvement": lambda s: vis.plot_terminator_improvement(s, plot_error=True, improvement_evaluator=BestValueStagnationEvaluator(), min_n_trials=5),
}


def take(d, keys):
    return {k: (d[k] if k != "title" else d[k].get("text")) for k in keys if k in d}


def figure(plot, s):
    try:
        drawn = json.loads(plot(s).to_json())
    except Exception as e:  # What Optuna refuses is a result too.
        return {"error": type(e).__name__}
    layout = drawn["layout"]
    for t in drawn["data"]:
        if t["type"] == "bar" and len(set(map(str, t["x"]))) == 1 and len(t["y"]) > 1 and isinstance(t["y"][0], str):
            t["y"].sort()  # Ties stand in the order of a Python set, which no two runs share.
    return {
        "data": [take(t, KEPT) for t in drawn["data"]],
        "axes": {k: take(v, AXIS) for k, v in layout.items() if k.startswith(("xaxis", "yaxis"))}
        | {f"scene.{k}": take(v, AXIS) for k, v in layout.get("scene", {}).items()},
        "title": layout["title"]["text"],
        "ticks": [[a["text"], a["x"], a["y"]] for a in layout.get("annotations", [])],
    }


def number(v):
    return v if math.isfinite(v) else str(v)


def kept(t):
    return {
        "state": t.state.name, "values": t.values and [number(v) for v in t.values], "params": [[k, v, distribution_to_json(t.distributions[k])] for k, v in t.params.items()],
        "user_attrs": t.user_attrs, "system_attrs": t.system_attrs, "reports": [[k, number(v)] for k, v in t.intermediate_values.items()],
        "start": t.datetime_start and t.datetime_start.isoformat(), "complete": t.datetime_complete and t.datetime_complete.isoformat(),
    }


for name, s in STUDIES.items():
    out = {"directions": [d.name.lower() for d in s.directions], "metric_names": s.metric_names, "name": s.study_name, "trials": [kept(t) for t in s.trials]}
    out["figures"] = {k: figure(p, s) for k, p in PLOTS.items()}
    pathlib.Path(sys.argv[1], f"{name}.json").write_text(json.dumps(out, separators=(",", ":"), allow_nan=False) + "\n")
