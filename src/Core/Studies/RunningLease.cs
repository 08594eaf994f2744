namespace Optuna.Studies;

/// <summary>Who holds which running trial.</summary>
/// <param name="Lease">The fencing token it was given with.</param>
public readonly record struct RunningLease(int Number, WorkerId Worker, long Lease)
{
    /// <summary>Running trials of a study, ascending by number.</summary>
    public static IEnumerable<RunningLease> Of(StudyState state) => state.Live.Running
        .Select(t => new RunningLease(t.Number, t.Worker, t.Lease));
}
