using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>The state of a study made again from trials that were read: what needs a view can have one of a study that lives elsewhere.</summary>
internal static class DetachedState
{
    /// <param name="trials">Ascending by number. Those that are left out are missing: the others get the numbers from 0 on.</param>
    public static StudyState Of(StudySummary study, IEnumerable<FrozenTrial> trials) =>
        Of(study.Id, new StudyCommands.CreateStudy(study.Name, study.Directions, study.Sampler, study.Pruner, study.Seed, study.Retry), trials);

    /// <summary>A study of nothing but some finished trials of another.</summary>
    public static StudyState Of(StudyView study, IEnumerable<int> numbers) =>
        Of(new StudyId(1), new StudyCommands.CreateStudy(study.Name, study.Directions, new ComponentSpec("random"), new ComponentSpec("nop"), study.Seed, 0), numbers.Select(n => new FrozenTrial
        {
            State = (TrialState)study.States[n],
            Values = study.Table.ValuesOf(n),
            DatetimeStart = DateTime.UnixEpoch,
            DatetimeComplete = DateTime.UnixEpoch,
            ParamList = study.ParamsOf(n),
            SystemAttrs = study.Table.Detail(n).SystemAttrs,
        }));

    /// <summary>The study after each of the trials, one after the other; numbers are given from 0 on.</summary>
    public static IEnumerable<StudyView> Growing(StudySummary study, IEnumerable<FrozenTrial> trials)
    {
        var state = Of(study, []);
        foreach (var trial in trials)
        {
            Send(state, new StudyCommands.AddTrial(Guid.NewGuid(), trial));
            yield return state.View;
        }
    }

    private static StudyState Of(StudyId id, StudyCommands.CreateStudy create, IEnumerable<FrozenTrial> trials)
    {
        var state = new StudyState(id);
        Send(state, create);
        foreach (var trial in trials)
            Send(state, new StudyCommands.AddTrial(Guid.NewGuid(), trial));
        return state;
    }

    private static void Send(StudyState state, IStudyCommand command)
    {
        var (reply, events) = StudyRules.Decide(state, command, DateTimeOffset.UnixEpoch);
        if (reply is StudyReplies.Rejected)
            reply.Expect<StudyReplies.Accepted>();
        foreach (var e in events)
            state.Apply(e);
    }
}
