"""work.py ADDRESS STUDY: a worker on a study, with the calls that Optuna's own client makes for each trial.

Prints "ready" when the first trial is done, and for every trial it was told is finished one line of JSON,
{"id": ID, "number": N, "value": V}; on SIGTERM it finishes the trial at hand, prints {"end": null} and leaves. Anything
that goes wrong is {"end": "what"}: nothing is tried twice, for Optuna's client does not either.
"""

import json
import random
import signal
import sys

from checking import FLOAT
from storage_service import COMPLETE, RUNNING, WAITING, Storage


class Worker:
    def __init__(self, storage, study_id):
        self.storage, self.study_id = storage, study_id
        self.trials, self.unfinished, self.last = {}, set(), -1

    def refresh(self):
        reply = self.storage.GetTrials(
            study_id=self.study_id, included_trial_ids=self.unfinished, trial_id_greater_than=self.last)
        for t in reply.trials:
            self.trials[t.trial_id] = t
            if t.state in (RUNNING, WAITING):
                self.unfinished.add(t.trial_id)
            else:
                self.unfinished.discard(t.trial_id)
                self.last = max(self.last, t.trial_id)

    def begin(self):
        self.refresh()
        for trial_id in sorted(i for i in self.unfinished if self.trials[i].state == WAITING):
            if self.storage.SetTrialStateValues(trial_id=trial_id, state=RUNNING).trial_updated:
                return trial_id
        return self.storage.CreateNewTrial(study_id=self.study_id, template_trial_is_none=True).trial_id

    def run_one(self):
        trial_id = self.begin()
        number = self.storage.GetTrial(trial_id=trial_id).trial.number
        value = 0.0
        for i in range(3):
            x = random.uniform(0, 10)
            self.storage.SetTrialParameter(
                trial_id=trial_id, param_name=f"x{i}", param_value_internal=x, distribution=FLOAT)
            value += x
        for step in range(2):
            self.storage.SetTrialIntermediateValue(trial_id=trial_id, step=step, intermediate_value=value + 1 / (step + 1))
        self.storage.SetTrialUserAttribute(trial_id=trial_id, key="by", value=json.dumps(f"é {number}"))
        self.storage.GetTrial(trial_id=trial_id)
        if not self.storage.SetTrialStateValues(trial_id=trial_id, state=COMPLETE, values=[value]).trial_updated:
            raise AssertionError(f"trial {number} was not updated")
        return {"id": trial_id, "number": number, "value": value}


def main():
    storage = Storage(sys.argv[1])
    asked_to_leave = []
    signal.signal(signal.SIGTERM, lambda *_: asked_to_leave.append(True))
    end, first = None, True
    try:
        worker = Worker(storage, storage.GetStudyIdFromName(study_name=sys.argv[2]).study_id)
        while not asked_to_leave:
            print(json.dumps(worker.run_one()), flush=True)
            if first:
                print("ready", flush=True)
                first = False
    except Exception as e:  # the one who started this process judges
        end = f"{type(e).__name__}: {e}"
    print(json.dumps({"end": end}), flush=True)


main()
