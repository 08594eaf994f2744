"""optuna.StorageService spoken without Optuna: the messages, made from the table below, and one method per call.

The numbers are Optuna's (4.2 to 5), written down once more here on purpose: a client made from the server's own .proto
would agree with whatever mistake stands in it.
"""

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# "name type" per field, numbered from 1 in this order; a leading * is repeated, map:K:V a map.
MESSAGES = {
    "Study": ["study_id int64", "study_name string", "directions *StudyDirection",
              "user_attributes map:string:string", "system_attributes map:string:string"],
    "Trial": ["trial_id int64", "number int64", "state TrialState", "values *double",
              "datetime_start string", "datetime_complete string", "params map:string:double",
              "distributions map:string:string", "user_attributes map:string:string",
              "system_attributes map:string:string", "intermediate_values map:int64:double"],
}
ENUMS = {
    "StudyDirection": ["MINIMIZE", "MAXIMIZE"],
    "TrialState": ["RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING"],
}
CALLS = {
    "CreateNewStudy": (["directions *StudyDirection", "study_name string"], ["study_id int64"]),
    "DeleteStudy": (["study_id int64"], []),
    "SetStudyUserAttribute": (["study_id int64", "key string", "value string"], []),
    "SetStudySystemAttribute": (["study_id int64", "key string", "value string"], []),
    "GetStudyIdFromName": (["study_name string"], ["study_id int64"]),
    "GetStudyNameFromId": (["study_id int64"], ["study_name string"]),
    "GetStudyDirections": (["study_id int64"], ["directions *StudyDirection"]),
    "GetStudyUserAttributes": (["study_id int64"], ["user_attributes map:string:string"]),
    "GetStudySystemAttributes": (["study_id int64"], ["system_attributes map:string:string"]),
    "GetAllStudies": ([], ["studies *Study"]),
    "CreateNewTrial": (["study_id int64", "template_trial Trial", "template_trial_is_none bool"], ["trial_id int64"]),
    "SetTrialParameter": (
        ["trial_id int64", "param_name string", "param_value_internal double", "distribution string"], []),
    "GetTrialIdFromStudyIdTrialNumber": (["study_id int64", "trial_number int64"], ["trial_id int64"]),
    "SetTrialStateValues": (["trial_id int64", "state TrialState", "values *double"], ["trial_updated bool"]),
    "SetTrialIntermediateValue": (["trial_id int64", "step int64", "intermediate_value double"], []),
    "SetTrialUserAttribute": (["trial_id int64", "key string", "value string"], []),
    "SetTrialSystemAttribute": (["trial_id int64", "key string", "value string"], []),
    "GetTrial": (["trial_id int64"], ["trial Trial"]),
    "GetTrials": (
        ["study_id int64", "included_trial_ids *int64", "trial_id_greater_than int64"], ["trials *Trial"]),
}

_Field = descriptor_pb2.FieldDescriptorProto


def _type(field, name):
    if name in ENUMS:
        field.type, field.type_name = _Field.TYPE_ENUM, f".optuna.{name}"
    elif name in MESSAGES:
        field.type, field.type_name = _Field.TYPE_MESSAGE, f".optuna.{name}"
    else:
        field.type = getattr(_Field, f"TYPE_{name.upper()}")


def _describe(file, name, fields):
    message = file.message_type.add(name=name)
    for number, text in enumerate(fields, 1):
        field_name, kind = text.split(" ")
        field = message.field.add(name=field_name, number=number, label=_Field.LABEL_OPTIONAL)
        if kind.startswith("map:"):
            entry = message.nested_type.add(name=field_name.title().replace("_", "") + "Entry")
            entry.options.map_entry = True
            for i, (part, part_kind) in enumerate(zip(("key", "value"), kind.split(":")[1:]), 1):
                _type(entry.field.add(name=part, number=i, label=_Field.LABEL_OPTIONAL), part_kind)
            field.label, field.type = _Field.LABEL_REPEATED, _Field.TYPE_MESSAGE
            field.type_name = f".optuna.{name}.{entry.name}"
        else:
            if kind.startswith("*"):
                field.label = _Field.LABEL_REPEATED
            _type(field, kind.lstrip("*"))


def _classes():
    file = descriptor_pb2.FileDescriptorProto(name="storage_service.proto", package="optuna", syntax="proto3")
    for name, values in ENUMS.items():
        enum = file.enum_type.add(name=name)
        for number, value in enumerate(values):
            enum.value.add(name=value, number=number)
    for name, fields in MESSAGES.items():
        _describe(file, name, fields)
    for name, (request, reply) in CALLS.items():
        _describe(file, f"{name}Request", request)
        _describe(file, f"{name}Reply", reply)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    # The newer of the two names exists from protobuf 4.22 on, the older until 5.
    make = getattr(message_factory, "GetMessageClass", None) or message_factory.MessageFactory(pool).GetPrototype
    return {m.name: make(pool.FindMessageTypeByName(f"optuna.{m.name}")) for m in file.message_type}


CLASSES = _classes()
Trial = CLASSES["Trial"]
MINIMIZE, MAXIMIZE = range(2)
RUNNING, COMPLETE, PRUNED, FAIL, WAITING = range(5)


class Storage:
    """storage.GetTrial(trial_id=3) and so on. Like Optuna's client it sets no deadline, sends no metadata and never retries."""

    def __init__(self, address):
        self.channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", -1)])
        for name in CALLS:
            setattr(self, name, self._call(name))

    def _call(self, name):
        request = CLASSES[f"{name}Request"]
        call = self.channel.unary_unary(
            f"/optuna.StorageService/{name}", request.SerializeToString, CLASSES[f"{name}Reply"].FromString)
        return lambda **fields: call(request(**fields))
