"""The contract of a trial, check by check."""

from datetime import datetime

import grpc

from checking import CHOICES, FLOAT, INT, TEXTS, check, is_about_now, new_study, new_trial, refused, same, trial_of, wait_a_moment
from storage_service import COMPLETE, FAIL, MAXIMIZE, MINIMIZE, PRUNED, RUNNING, WAITING

NOT_FOUND = grpc.StatusCode.NOT_FOUND
FINISHED = grpc.StatusCode.FAILED_PRECONDITION
NAN, INF = float("nan"), float("inf")


@check
def a_new_trial_runs_since_now(write, read):
    since = datetime.now()
    trial = trial_of(read, new_trial(write, new_study(write)))
    same((0, RUNNING, []), (trial.number, trial.state, list(trial.values)))
    is_about_now(trial.datetime_start, since)
    same("", trial.datetime_complete, "the end")
    same(({}, {}, {}, {}, {}), (dict(trial.params), dict(trial.distributions), dict(trial.user_attributes),
                                dict(trial.system_attributes), dict(trial.intermediate_values)))


@check
def numbers_count_from_zero_in_each_study_and_ids_are_nobody_elses(write, read):
    one, other = new_study(write), new_study(write)
    ids = [(s, new_trial(write, s)) for _ in range(4) for s in (one, other)]
    same(8, len({i for _, i in ids}), "the number of ids")
    for study_id in (one, other):
        of = [i for s, i in ids if s == study_id]
        same(sorted(of), of, "the order of ids")
        same([0, 1, 2, 3], [trial_of(read, i).number for i in of], "numbers")
        for number, trial_id in enumerate(of):
            if not 0 <= trial_id < 2**53:
                raise AssertionError(f"{trial_id} does not fit into a double")
            same(trial_id, read.GetTrialIdFromStudyIdTrialNumber(study_id=study_id, trial_number=number).trial_id)
        for number in (4, -1):
            refused(NOT_FOUND, read.GetTrialIdFromStudyIdTrialNumber, study_id=study_id, trial_number=number)


@check
def an_unknown_trial_is_not_found_by_any_call_whatever_else_is_wrong(write, read):
    new_trial(write, new_study(write))
    for trial_id in (2**40 + 7, 2**62, -1):
        refused(NOT_FOUND, read.GetTrial, trial_id=trial_id)
        refused(NOT_FOUND, write.SetTrialParameter, trial_id=trial_id, param_name="x", param_value_internal=99, distribution=FLOAT)
        refused(NOT_FOUND, write.SetTrialStateValues, trial_id=trial_id, state=RUNNING, values=[])
        refused(NOT_FOUND, write.SetTrialIntermediateValue, trial_id=trial_id, step=0, intermediate_value=NAN)
        refused(NOT_FOUND, write.SetTrialUserAttribute, trial_id=trial_id, key="k", value="1")
        refused(NOT_FOUND, write.SetTrialSystemAttribute, trial_id=trial_id, key="k", value="1")


@check
def parameters_keep_their_values_and_the_texts_of_their_distributions(write, read):
    trial_id = new_trial(write, new_study(write))
    given = {"x": (0.1 + 0.2, FLOAT), "n é": (7.0, INT), "kind": (5.0, CHOICES)}
    for name, (value, text) in given.items():
        write.SetTrialParameter(trial_id=trial_id, param_name=name, param_value_internal=value, distribution=text)
    trial = trial_of(read, trial_id)
    same(sorted(given), sorted(trial.params))
    same(sorted(given), sorted(trial.distributions))
    for name, (value, text) in given.items():
        same(value, trial.params[name], name)
        same(text, trial.distributions[name], name)


@check
def a_parameter_that_does_not_fit_the_earlier_ones_is_an_invalid_argument(write, read):
    study_id = new_study(write)
    first, second = new_trial(write, study_id), new_trial(write, study_id)
    for name, text in (("x", FLOAT), ("kind", CHOICES)):
        write.SetTrialParameter(trial_id=first, param_name=name, param_value_internal=1, distribution=text)
        for other in (INT, CHOICES.replace('"a"', '"z"')):
            refused(grpc.StatusCode.INVALID_ARGUMENT, write.SetTrialParameter,
                    trial_id=second, param_name=name, param_value_internal=1, distribution=other)
    same({}, dict(trial_of(read, second).params))
    # Another range is no other kind, and the same choices are the same however they are written.
    write.SetTrialParameter(trial_id=second, param_name="x", param_value_internal=42, distribution=FLOAT.replace("10.0", "50.0"))
    write.SetTrialParameter(trial_id=second, param_name="kind", param_value_internal=2,
                            distribution=CHOICES.replace("true, 2,", "1, 2.0,"))
    same(["kind", "x"], sorted(trial_of(read, second).params))


@check
def a_distribution_nobody_can_read_is_refused(write, read):
    trial_id = new_trial(write, new_study(write))
    for text in ("", "{", '{"name": "Nonsense", "attributes": {}}'):
        try:
            write.SetTrialParameter(trial_id=trial_id, param_name="x", param_value_internal=1, distribution=text)
        except grpc.RpcError as e:
            if e.code() not in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNKNOWN):  # Optuna's own says UNKNOWN
                raise
            continue
        raise AssertionError(f"{text!r} was accepted")
    same({}, dict(trial_of(read, trial_id).params))


@check
def reports_may_be_anything_and_the_last_of_a_step_counts(write, read):
    trial_id = new_trial(write, new_study(write))
    given = {0: 1.5, 1: NAN, 2: INF, 3: -INF, 2**40: 5e-324, 7: -0.0}
    write.SetTrialIntermediateValue(trial_id=trial_id, step=0, intermediate_value=9)
    for step, value in given.items():
        write.SetTrialIntermediateValue(trial_id=trial_id, step=step, intermediate_value=value)
    kept = dict(trial_of(read, trial_id).intermediate_values)
    same(sorted(given.items()), sorted(kept.items()))


@check
def attributes_of_a_trial_keep_their_texts(write, read):
    trial_id = new_trial(write, new_study(write))
    for key, text in TEXTS.items():
        write.SetTrialUserAttribute(trial_id=trial_id, key=key, value="0")
        write.SetTrialUserAttribute(trial_id=trial_id, key=key, value=text)
        write.SetTrialSystemAttribute(trial_id=trial_id, key="constraints:" + key, value=text)
    trial = trial_of(read, trial_id)
    same(sorted(TEXTS), sorted(trial.user_attributes))
    for key, text in TEXTS.items():
        same(text, trial.user_attributes[key], key)
        same(text, trial.system_attributes["constraints:" + key], key)


@check
def a_trial_ends_with_its_values_and_the_time(write, read):
    study_id = new_study(write, [MINIMIZE, MAXIMIZE])
    for state, values in ((COMPLETE, [-0.0, INF]), (COMPLETE, [1e-320, -INF]), (PRUNED, []), (FAIL, [])):
        trial_id, since = new_trial(write, study_id), datetime.now()
        wait_a_moment()
        same(True, write.SetTrialStateValues(trial_id=trial_id, state=state, values=values).trial_updated)
        trial = trial_of(read, trial_id)
        same((state, values), (trial.state, list(trial.values)))
        if is_about_now(trial.datetime_complete, since).isoformat() <= trial.datetime_start.replace(" ", "T"):
            raise AssertionError(f"it ended at {trial.datetime_complete} and began at {trial.datetime_start}")


@check
def a_finished_trial_never_changes(write, read):
    study_id = new_study(write)
    for state in (COMPLETE, PRUNED, FAIL):
        trial_id = new_trial(write, study_id)
        write.SetTrialParameter(trial_id=trial_id, param_name="x", param_value_internal=1, distribution=FLOAT)
        write.SetTrialStateValues(trial_id=trial_id, state=state, values=[2] if state == COMPLETE else [])
        before = trial_of(read, trial_id).SerializeToString(deterministic=True)
        for other in range(5):
            refused(FINISHED, write.SetTrialStateValues, trial_id=trial_id, state=other, values=[3])
        # It is finished, and only then that the distribution is a wrong one.
        refused(FINISHED, write.SetTrialParameter, trial_id=trial_id, param_name="x", param_value_internal=3, distribution=INT)
        refused(FINISHED, write.SetTrialIntermediateValue, trial_id=trial_id, step=0, intermediate_value=3)
        refused(FINISHED, write.SetTrialUserAttribute, trial_id=trial_id, key="k", value="3")
        refused(FINISHED, write.SetTrialSystemAttribute, trial_id=trial_id, key="k", value="3")
        same(before, trial_of(read, trial_id).SerializeToString(deterministic=True), "the trial")


@check
def a_waiting_trial_is_started_once(write, read):
    study_id = new_study(write)
    trial_id = new_trial(write, study_id, state=WAITING, system_attributes={"fixed_params": '{"x": 3}'})
    trial = trial_of(read, trial_id)
    same((WAITING, "", "", {"fixed_params": '{"x": 3}'}),
         (trial.state, trial.datetime_start, trial.datetime_complete, dict(trial.system_attributes)))
    since = datetime.now()
    same(True, write.SetTrialStateValues(trial_id=trial_id, state=RUNNING).trial_updated, "the first answer")
    same(False, read.SetTrialStateValues(trial_id=trial_id, state=RUNNING).trial_updated, "the second answer")
    is_about_now(trial_of(read, trial_id).datetime_start, since)


@check
def a_template_is_taken_over_as_it_is(write, read):
    study_id = new_study(write)
    new_trial(write, study_id)
    for state, values in ((COMPLETE, [0.5]), (PRUNED, [0.25]), (FAIL, []), (RUNNING, [])):
        given = dict(
            state=state, values=values, datetime_start="2023-01-02 03:04:05.000001",
            datetime_complete="" if state == RUNNING else "2023-06-07 08:09:10.987654",
            params={"x": 0.1}, distributions={"x": FLOAT}, user_attributes={"u": "NaN"},
            system_attributes={"s": '"é"'}, intermediate_values={3: NAN, 1: 2.0})
        trial_id = new_trial(write, study_id, trial_id=4711, number=4711, **given)
        trial = trial_of(read, trial_id)
        same((trial_id, state, values), (trial.trial_id, trial.state, list(trial.values)))
        same((given["datetime_start"], given["datetime_complete"]), (trial.datetime_start, trial.datetime_complete), "the times")
        same(({"x": 0.1}, {"x": FLOAT}), (dict(trial.params), dict(trial.distributions)))
        same(({"u": "NaN"}, {"s": '"é"'}), (dict(trial.user_attributes), dict(trial.system_attributes)))
        same([(1, 2.0), (3, NAN)], sorted(trial.intermediate_values.items()))
        if state != RUNNING:
            refused(FINISHED, write.SetTrialUserAttribute, trial_id=trial_id, key="u", value="1")
    same([0, 1, 2, 3, 4], [t.number for t in read.GetTrials(study_id=study_id, trial_id_greater_than=-1).trials])
