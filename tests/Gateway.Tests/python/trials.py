"""trials.py ADDRESS STUDY [create]: makes the study, or prints its trials, one line of JSON each and {"end": COUNT} last."""

import json
import sys

from storage_service import MINIMIZE, Storage


def main():
    storage, name = Storage(sys.argv[1]), sys.argv[2]
    if sys.argv[3:] == ["create"]:
        storage.CreateNewStudy(directions=[MINIMIZE], study_name=name)
        print(json.dumps({"end": 0}))
        return
    study_id = storage.GetStudyIdFromName(study_name=name).study_id
    trials = storage.GetTrials(study_id=study_id, trial_id_greater_than=-1).trials
    for t in trials:
        print(json.dumps({
            "id": t.trial_id, "number": t.number, "state": t.state, "values": list(t.values), "params": len(t.params),
            "reports": len(t.intermediate_values), "by": json.loads(t.user_attributes.get("by", "null"))}))
    print(json.dumps({"end": len(trials)}))


main()
