"""The contract of studies, check by check."""

import uuid

import grpc

from checking import TEXTS, check, new_study, new_trial, refused, same
from storage_service import COMPLETE, MAXIMIZE, MINIMIZE

NOT_FOUND, ALREADY_EXISTS = grpc.StatusCode.NOT_FOUND, grpc.StatusCode.ALREADY_EXISTS
NOWHERE = 2**40 + 7


@check
def a_study_is_found_by_its_name_and_by_its_id(write, read):
    for name in (f"plain-{uuid.uuid4()}", f"é/試験 \U0001f600?&# {uuid.uuid4()}"):
        study_id = write.CreateNewStudy(directions=[MINIMIZE, MAXIMIZE], study_name=name).study_id
        same(study_id, read.GetStudyIdFromName(study_name=name).study_id, "the id")
        same(name, read.GetStudyNameFromId(study_id=study_id).study_name, "the name")
        same([MINIMIZE, MAXIMIZE], list(read.GetStudyDirections(study_id=study_id).directions), "the directions")
        same({}, dict(read.GetStudyUserAttributes(study_id=study_id).user_attributes))
        same({}, dict(read.GetStudySystemAttributes(study_id=study_id).system_attributes))
        same([], list(read.GetTrials(study_id=study_id, trial_id_greater_than=-1).trials))


@check
def all_studies_are_listed_by_id_with_what_they_have(write, read):
    ids = [new_study(write, [MAXIMIZE]) for _ in range(3)]
    write.SetStudyUserAttribute(study_id=ids[1], key="k", value="NaN")
    write.SetStudySystemAttribute(study_id=ids[1], key="s", value="[1]")
    studies = read.GetAllStudies().studies
    listed = [s.study_id for s in studies]
    same(sorted(listed), listed, "the order")
    same(ids, [i for i in listed if i in ids], "the new ones")
    study = next(s for s in studies if s.study_id == ids[1])
    same([MAXIMIZE], list(study.directions))
    same(({"k": "NaN"}, {"s": "[1]"}), (dict(study.user_attributes), dict(study.system_attributes)))


@check
def a_name_is_given_once(write, read):
    name = f"taken {uuid.uuid4()}"
    study_id = new_study(write, name=name)
    refused(ALREADY_EXISTS, read.CreateNewStudy, directions=[MAXIMIZE], study_name=name)
    same([MINIMIZE], list(write.GetStudyDirections(study_id=study_id).directions))


@check
def an_unknown_study_is_not_found_by_any_call(write, read):
    new_study(write)
    refused(NOT_FOUND, read.GetStudyIdFromName, study_name=f"nobody's {uuid.uuid4()}")
    for study_id in (NOWHERE, -1):
        for call in (read.GetStudyNameFromId, read.GetStudyDirections, read.GetStudyUserAttributes,
                     read.GetStudySystemAttributes, read.GetTrials, write.DeleteStudy):
            refused(NOT_FOUND, call, study_id=study_id)
        for call in (write.SetStudyUserAttribute, write.SetStudySystemAttribute):
            refused(NOT_FOUND, call, study_id=study_id, key="k", value="1")
        refused(NOT_FOUND, write.CreateNewTrial, study_id=study_id, template_trial_is_none=True)
        refused(NOT_FOUND, read.GetTrialIdFromStudyIdTrialNumber, study_id=study_id, trial_number=0)


@check
def attributes_keep_their_texts(write, read):
    study_id = new_study(write)
    for key, text in TEXTS.items():
        write.SetStudyUserAttribute(study_id=study_id, key=key, value="0")
        write.SetStudyUserAttribute(study_id=study_id, key=key, value=text)
        write.SetStudySystemAttribute(study_id=study_id, key="s" + key, value=text)
    same(sorted(TEXTS), sorted(read.GetStudyUserAttributes(study_id=study_id).user_attributes), "the keys")
    for key, text in TEXTS.items():
        same(text, read.GetStudyUserAttributes(study_id=study_id).user_attributes[key], key)
        same(text, read.GetStudySystemAttributes(study_id=study_id).system_attributes["s" + key], key)


@check
def an_attribute_may_be_a_megabyte(write, read):
    study_id = new_study(write)
    text = '"' + "optuna é " * 100_000 + '"'
    write.SetStudyUserAttribute(study_id=study_id, key="large", value=text)
    if read.GetStudyUserAttributes(study_id=study_id).user_attributes["large"] != text:
        raise AssertionError("it came back changed")


@check
def a_deleted_study_takes_its_trials_along_and_leaves_its_name_free(write, read):
    name = f"deleted {uuid.uuid4()}"
    study_id = new_study(write, name=name)
    trial_id = new_trial(write, study_id)
    write.SetTrialStateValues(trial_id=trial_id, state=COMPLETE, values=[1])
    same([trial_id], [t.trial_id for t in read.GetTrials(study_id=study_id, trial_id_greater_than=-1).trials])
    write.DeleteStudy(study_id=study_id)
    refused(NOT_FOUND, read.GetStudyIdFromName, study_name=name)
    refused(NOT_FOUND, read.GetStudyNameFromId, study_id=study_id)
    refused(NOT_FOUND, read.GetTrials, study_id=study_id, trial_id_greater_than=-1)
    refused(NOT_FOUND, read.GetTrial, trial_id=trial_id)
    refused(NOT_FOUND, write.SetTrialStateValues, trial_id=trial_id, state=COMPLETE, values=[1])
    refused(NOT_FOUND, write.DeleteStudy, study_id=study_id)
    again = new_study(write, name=name)
    if again <= study_id:
        raise AssertionError(f"the id {again} after {study_id} was given before")
    another = new_trial(write, again)
    if another == trial_id:
        raise AssertionError(f"the id {another} of a deleted trial is given again")
    same(0, read.GetTrial(trial_id=another).trial.number, "the number")


@check
def an_unknown_call_is_not_implemented(write, read):
    call = write.channel.unary_unary("/optuna.StorageService/Hello", lambda b: b, lambda b: b)
    try:
        call(b"")
    except grpc.RpcError as e:
        same(grpc.StatusCode.UNIMPLEMENTED, e.code())
        return
    raise AssertionError("it was answered")
