"""bench_client.py grpc|rdb TARGET STUDY create|list|work [PARAMS REPORTS PRUNER]

create: makes the study (and Optuna's tables). list: prints "trial NUMBER STATE VALUE" for each trial.
work: study.optimize until SIGTERM, which lets the trial at hand finish. For every finished trial it prints
"finished NUMBER VALUE NANOSECONDS" (the last on the monotonic clock, which all processes of a machine share), and at
the end "left"; an exception ends it with Python's own report and exit code.
"""

import signal
import sys
import time

import optuna

kind, target, name, what = sys.argv[1:5]
optuna.logging.set_verbosity(optuna.logging.ERROR)
if kind == "grpc":
    host, port = target.rsplit(":", 1)
    storage = optuna.storages.GrpcStorageProxy(host=host, port=int(port))
else:
    storage = optuna.storages.RDBStorage(target)


def work(params, reports, pruner):
    names = [f"x{i}" for i in range(params)]
    at_hand = []
    asked_to_leave = []
    signal.signal(signal.SIGTERM, lambda *_: asked_to_leave.append(True))

    def say_finished():
        # The next trial begins, so this one was told. Asking through a callback would cost every trial a call more.
        for number, value in at_hand:
            print(f"finished {number} {value!r} {time.monotonic_ns()}", flush=True)
        at_hand.clear()

    def objective(trial):
        say_finished()
        if asked_to_leave:
            trial.study.stop()
        value = sum(trial.suggest_float(n, -5, 5) ** 2 for n in names)
        for step in range(reports):
            trial.report(value + 1 / (step + 1), step)
            trial.should_prune()  # and on it goes whatever the answer: every trial makes all its reports
        at_hand.append((trial.number, value))
        return value

    pruners = {"nop": optuna.pruners.NopPruner, "median": optuna.pruners.MedianPruner}
    study = optuna.load_study(
        study_name=name, storage=storage, sampler=optuna.samplers.RandomSampler(), pruner=pruners[pruner]())
    study.optimize(objective)
    say_finished()
    print("left", flush=True)


if what == "create":
    optuna.create_study(study_name=name, storage=storage)
elif what == "list":
    for t in optuna.load_study(study_name=name, storage=storage).trials:
        print(f"trial {t.number} {t.state.name} {(t.values or [None])[0]!r}")
    print("left", flush=True)
else:
    work(int(sys.argv[5]), int(sys.argv[6]), sys.argv[7])
