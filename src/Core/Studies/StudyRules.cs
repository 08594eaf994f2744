using System.Collections.Immutable;
using Optuna.Json;
using Optuna.Studies.Rules;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>What a study answers to a wish, and which events that makes: Optuna's rules, and nothing but rules.</summary>
/// <remarks>
/// Pure: no clock, chance or I/O but what is passed in; the state is only read. A repeated wish gets the same answer
/// and no events. Every expected refusal is a <see cref="StudyReplies.Rejected"/>; an exception is a bug.
/// </remarks>
public static class StudyRules
{
    public const int MaxNameLength = 512;

    public static Decision Decide(StudyState state, IStudyCommand command, DateTimeOffset now)
    {
        if (command is StudyCommands.CreateStudy create)
            return Create(state, create, now);
        if (!state.Exists)
        {
            return command is StudyCommands.DeleteStudy && state.IsDeleted
                ? Decision.Nothing(StudyReplies.Accepted.Instance)
                : Decision.Refuse(Rejection.StudyNotFound, $"Study {state.Id} does not exist.");
        }

        return command switch
        {
            StudyCommands.AskTrial c => AskRules.Ask(state, c, now),
            StudyCommands.SuggestParam c => SuggestRules.Suggest(state, c),
            StudyCommands.RecordDrawn c => SuggestRules.RecordDrawn(state, c),
            StudyCommands.ReportValue c => TrialRules.Report(state, c),
            StudyCommands.AdvisePrune c => TrialRules.AdvisePrune(state, c),
            StudyCommands.TellTrial c => TellRules.Tell(state, c, now),
            StudyCommands.AbandonTrial c => TellRules.Abandon(state, c, now),
            StudyCommands.SetTrialAttr c => TrialRules.SetAttr(state, c),
            StudyCommands.EnqueueTrial c => AskRules.Enqueue(state, c),
            StudyCommands.AddTrial c => AskRules.Add(state, c),
            StorageCommands.CreateTrial c => StorageRules.Create(state, c, now),
            StorageCommands.SetTrialParam c => StorageRules.SetParam(state, c),
            StorageCommands.SetTrialState c => StorageRules.SetState(state, c, now),
            StorageCommands.SetIntermediateValue c => StorageRules.SetIntermediateValue(state, c),
            StorageCommands.AddTrials c => StorageRules.Add(state, c),
            StudyCommands.SetStudyAttr c => SetAttr(state, c.Kind, c.Key, c.Json),
            StudyCommands.SetMetricNames c => SetMetricNames(state, c),
            StudyCommands.SetMode c => FleetRules.SetMode(state, c, now),
            StudyCommands.SetBudget c => FleetRules.SetBudget(state, c, now),
            StudyCommands.DrainWorker c => FleetRules.Drain(state, c, now),
            StudyCommands.RenameStudy c => Rename(state, c),
            StudyCommands.DeleteStudy => Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.StudyDeleted(now)),
            _ => throw new InvalidOperationException($"StudyRules does not know the command {command.GetType().Name}."),
        };
    }

    /// <summary>Whether the time of this wish matters: how a trial goes on between its start and its end is not dated.</summary>
    public static bool IsDated(IStudyCommand command) => command is not (
        StudyCommands.SuggestParam or StudyCommands.RecordDrawn or StudyCommands.ReportValue or StudyCommands.AdvisePrune
        or StudyCommands.SetTrialAttr or StorageCommands.SetTrialParam or StorageCommands.SetIntermediateValue);

    /// <summary>Why a study cannot have this name, or null.</summary>
    public static string? NameFault(string name) =>
        string.IsNullOrWhiteSpace(name) ? "The study name must not be empty."
        : name.Length > MaxNameLength ? $"The study name must not be longer than {MaxNameLength} characters (it has {name.Length})."
        : name.Any(char.IsControl) ? "The study name must not contain control characters."
        : null;

    private static Decision Create(StudyState state, StudyCommands.CreateStudy c, DateTimeOffset now)
    {
        if (state.IsDeleted)
            return Decision.Refuse(Rejection.StudyNotFound, $"Study {state.Id} was deleted.");
        if (state.Exists)
            return Decision.Nothing(StudyReplies.Accepted.Instance);
        if (NameFault(c.Name) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        if (c.Directions.IsDefaultOrEmpty || !c.Directions.All(Enum.IsDefined))
            return Decision.Refuse(Rejection.InvalidValue, "'directions' must hold at least one of minimize and maximize.");
        if (c.Retry.Limit < 0)
            return Decision.Refuse(Rejection.InvalidValue, $"'retry_limit' must not be negative (it is {c.Retry.Limit}).");
        return Decision.Of(StudyReplies.Accepted.Instance,
            new StudyEvents.StudyCreated(c.Name, c.Directions, c.Sampler, c.Pruner, c.Seed, c.Retry, now, c.StopWhen));
    }

    private static Decision Rename(StudyState state, StudyCommands.RenameStudy c) =>
        NameFault(c.Name) is { } fault ? Decision.Refuse(Rejection.InvalidValue, fault)
        : state.Name == c.Name ? Decision.Nothing(StudyReplies.Accepted.Instance)
        : Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.StudyRenamed(c.Name));

    private static Decision SetMetricNames(StudyState state, StudyCommands.SetMetricNames c) =>
        c.Names.Length != state.Directions.Length
            ? Decision.Refuse(Rejection.InvalidValue,
                $"'metric_names' must have one name per objective ({state.Directions.Length}); {c.Names.Length} were given.")
            : SetAttr(state, AttrKind.System, StudyMetricNames.Key, StudyMetricNames.Write(c.Names));

    private static Decision SetAttr(StudyState state, AttrKind kind, string key, string json)
    {
        if (AttrFault(key, json) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        var attrs = kind == AttrKind.User ? state.UserAttrs : state.SystemAttrs;
        if (attrs.Overflow(key, json) is { } overflow)
            return Decision.Refuse(Rejection.InvalidValue, overflow);
        return attrs[key] == json
            ? Decision.Nothing(StudyReplies.Accepted.Instance)
            : Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.StudyAttrSet(kind, key, json));
    }

    /// <summary>Why this cannot be an attribute, or null.</summary>
    internal static string? AttrFault(string key, string json)
    {
        if (key is null)
            return "An attribute must have a key.";
        if (key.Length > MaxNameLength)
            return $"The attribute key must not be longer than {MaxNameLength} characters (it has {key.Length}).";
        try
        {
            PythonJson.Read(json);
            return null;
        }
        catch (FormatException e)
        {
            return $"The value of attribute '{key}' is not JSON: {e.Message}";
        }
    }
}
