"""Many trials, and many who work on them at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from checking import FLOAT, check, new_study, new_trial, same, trial_of
from storage_service import COMPLETE, RUNNING, WAITING


@check
def trials_are_listed_from_an_id_on_and_those_asked_for(write, read):
    study_id, other = new_study(write), new_study(write)
    foreign = new_trial(write, other)
    ids = [new_trial(write, study_id) for _ in range(6)]
    for trial_id in ids[::2]:
        write.SetTrialStateValues(trial_id=trial_id, state=COMPLETE, values=[trial_id])

    def listed(greater, included=()):
        reply = read.GetTrials(study_id=study_id, included_trial_ids=included, trial_id_greater_than=greater)
        return [t.trial_id for t in reply.trials]

    same(ids, listed(-1), "all")
    same(ids[3:], listed(ids[2]), "those after the third")
    same([], listed(ids[-1]), "those after the last")
    same(ids[1:2] + ids[5:], listed(ids[4], [ids[1]]), "one asked for, and the last")
    same([ids[0], ids[3]], listed(ids[-1], [ids[3], ids[0], ids[3]]), "two asked for, one of them twice")
    same(ids[5:], listed(ids[4], [foreign, 2**40 + 7, -1]), "asked for what is not there")
    same(ids, listed(-1, ids), "nothing twice")
    same([trial_of(read, i).SerializeToString(deterministic=True) for i in ids],
         [t.SerializeToString(deterministic=True) for t in
          read.GetTrials(study_id=study_id, trial_id_greater_than=-1).trials], "the trials")


@check
def a_question_may_name_three_hundred_thousand_trials(write, read):
    study_id = new_study(write)
    trial_id = new_trial(write, study_id)
    included = [*range(10**9, 10**9 + 300_000), trial_id]
    reply = read.GetTrials(study_id=study_id, included_trial_ids=included, trial_id_greater_than=trial_id)
    same([trial_id], [t.trial_id for t in reply.trials])


@check
def only_one_of_many_gets_a_waiting_trial(write, read):
    study_id = new_study(write)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            trial_id = new_trial(write, study_id, state=WAITING)
            answers = pool.map(
                lambda i, t=trial_id: (write, read)[i % 2].SetTrialStateValues(trial_id=t, state=RUNNING).trial_updated, range(8))
            same(1, sum(answers), "the number of those who got it")


@check
def a_reader_who_asks_as_optunas_client_does_misses_nothing(write, read):
    # It never asks again for what is below the highest finished id it has seen, unless it saw it unfinished.
    study_id, each, writers = new_study(write), 25, 6
    told = {}

    def work(storage):
        for _ in range(each):
            trial_id = new_trial(storage, study_id)
            storage.SetTrialParameter(trial_id=trial_id, param_name="x", param_value_internal=1, distribution=FLOAT)
            storage.SetTrialStateValues(trial_id=trial_id, state=COMPLETE, values=[trial_id / 2])
            told[trial_id] = trial_id / 2

    seen, unfinished, last = {}, set(), -1
    threads = [threading.Thread(target=work, args=((write, read)[i % 2],)) for i in range(writers)]
    for thread in threads:
        thread.start()
    while True:
        working = any(t.is_alive() for t in threads)
        reply = read.GetTrials(study_id=study_id, included_trial_ids=unfinished, trial_id_greater_than=last)
        for t in reply.trials:
            if seen.get(t.trial_id, t).state == COMPLETE and t.state != COMPLETE:
                raise AssertionError(f"trial {t.number} was finished and is not any more")
            seen[t.trial_id] = t
            if t.state == COMPLETE:
                last = max(last, t.trial_id)
                unfinished.discard(t.trial_id)
            else:
                unfinished.add(t.trial_id)
        if not working:
            break
    same(each * writers, len(told), "the number of trials told")
    same(sorted(told.items()), sorted((i, t.values[0] if t.values else None) for i, t in seen.items()), "what the reader has")
    same(list(range(each * writers)), sorted(t.number for t in seen.values()), "the numbers")
    same([t.number for _, t in sorted(seen.items())], list(range(each * writers)), "the numbers in the order of ids")
