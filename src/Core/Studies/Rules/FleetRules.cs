namespace Optuna.Studies.Rules;

/// <summary>What an operator decides about a study's fleet.</summary>
internal static class FleetRules
{
    /// <summary>Why this asker gets no trial whatever there is to do, or null.</summary>
    public static NoTrialReason? Holds(StudyState state, StudyCommands.AskTrial c) =>
        c.Budget is null ? null
        : state.Mode == StudyMode.Stopped ? NoTrialReason.Stopped
        : state.Drained.Contains(c.Worker) ? NoTrialReason.Drained
        : state.Mode == StudyMode.Paused ? NoTrialReason.Paused
        : state.Counts.Started >= (state.Budget ?? c.Budget) ? NoTrialReason.Spent
        : null;

    public static Decision SetMode(StudyState state, StudyCommands.SetMode c, DateTimeOffset now) =>
        !Enum.IsDefined(c.Mode) ? Decision.Refuse(Rejection.InvalidValue, $"'mode' must be running, paused or stopped (it is {c.Mode}).")
        : state.Mode == c.Mode ? Decision.Nothing(StudyReplies.Accepted.Instance)
        : Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.ModeSet(c.Mode, now));

    public static Decision SetBudget(StudyState state, StudyCommands.SetBudget c, DateTimeOffset now) =>
        c.Trials < 0 ? Decision.Refuse(Rejection.InvalidValue, $"'budget' must not be negative (it is {c.Trials}).")
        : state.Budget == c.Trials ? Decision.Nothing(StudyReplies.Accepted.Instance)
        : Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.BudgetSet(c.Trials, now));

    public static Decision Drain(StudyState state, StudyCommands.DrainWorker c, DateTimeOffset now) =>
        string.IsNullOrEmpty(c.Worker.Value) ? Decision.Refuse(Rejection.InvalidValue, "'worker' must name a worker.")
        : state.Drained.Contains(c.Worker) ? Decision.Nothing(StudyReplies.Accepted.Instance)
        : Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.WorkerDrained(c.Worker, now));
}
