"""What the checks share: a list of them, refusals, and things to write."""

import re
import time
import uuid
from datetime import datetime, timedelta

import grpc

from storage_service import MINIMIZE

CHECKS = []

FLOAT = '{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 10.0, "log": false}}'
INT = '{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 8}}'
CHOICES = '{"name": "CategoricalDistribution", "attributes": {"choices": ["a", null, true, 2, 0.5, NaN, "\\u00e9"]}}'

# Texts that Python's json writes and reads; two of them no other JSON reader does.
TEXTS = {
    "nan": "NaN",
    "infinity": "[Infinity, -Infinity, 1e-320]",
    "big": "123456789012345678901234567890",
    "nested": '{"a": [1, {"b": null}], "c": "\\ud83d\\ude00"}',
    "unicode é 試験 \U0001f600": '"é 試験 \U0001f600"',
    "empty": '""',
    "constraints": "[-1.5, NaN]",
}

TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}")


def check(function):
    """Makes the function, whose name is the sentence, one of the checks; it gets who writes and who reads."""
    CHECKS.append(function)
    return function


def same(expected, actual, what=""):
    # NaN is itself here, and -0.0 is not 0.0.
    if repr(expected) != repr(actual):
        raise AssertionError(f"{what} should be {expected!r} and is {actual!r}".strip())


def refused(code, call, **fields):
    try:
        call(**fields)
    except grpc.RpcError as e:
        same(code, e.code(), f"the status for {fields}")
        if not e.details():
            raise AssertionError(f"{code} for {fields} comes without a sentence")
        return
    raise AssertionError(f"{fields} should be refused with {code} and was accepted")


def new_study(storage, directions=(MINIMIZE,), name=None):
    return storage.CreateNewStudy(directions=directions, study_name=name or f"s {uuid.uuid4()}").study_id


def new_trial(storage, study_id, **template):
    from storage_service import Trial

    return storage.CreateNewTrial(
        study_id=study_id, template_trial=Trial(**template) if template else None,
        template_trial_is_none=not template).trial_id


def trial_of(storage, trial_id):
    return storage.GetTrial(trial_id=trial_id).trial


def is_about_now(text, since):
    """text: a time as the protocol writes it, in the local time this process shares with the server."""
    if not TIME.fullmatch(text):
        raise AssertionError(f"{text!r} is no time with six digits of a second")
    at = datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f")
    slack = timedelta(milliseconds=50)
    if not since - slack <= at <= datetime.now() + slack:
        raise AssertionError(f"{text} is not between {since} and {datetime.now()}")
    return at


def wait_a_moment():
    """Two times taken before and after differ."""
    before = time.time_ns() // 1000
    while time.time_ns() // 1000 - before < 2000:
        time.sleep(0.001)
