namespace Optuna.Studies;

/// <summary>Turns refusals into the exceptions users catch.</summary>
public static class ReplyErrors
{
    /// <summary>The answer, if it is of the expected kind.</summary>
    /// <exception cref="OptunaException">The wish was refused: one type per <see cref="Rejection"/>.</exception>
    public static T Expect<T>(this IStudyReply reply)
        where T : IStudyReply => reply switch
        {
            T expected => expected,
            StudyReplies.Rejected rejected => throw rejected.ToException(),
            _ => throw new InvalidOperationException($"The answer {reply.GetType().Name} was not expected; {typeof(T).Name} was."),
        };

    public static Exception ToException(this StudyReplies.Rejected r) => r.Code switch
    {
        Rejection.StudyNotFound => new StudyNotFoundException(r.Sentence),
        Rejection.StudyExists => new DuplicatedStudyException(r.Sentence),
        Rejection.TrialNotFound => new KeyNotFoundException(r.Sentence),
        Rejection.TrialFinished => new TrialFinishedException(r.Sentence),
        Rejection.LeaseLost => new LeaseLostException(r.Sentence),
        Rejection.InvalidValue or Rejection.IncompatibleDistribution => new ArgumentException(r.Sentence),
        Rejection.Unavailable => new CoordinatorUnreachableException(r.Sentence),
        Rejection.TrialNotRunning or Rejection.WrongObjectiveCount or Rejection.NothingYet => new InvalidOperationException(r.Sentence),
        Rejection.SamplerFailed or Rejection.WrongVersion => new OptunaException(r.Sentence),
        _ => new OptunaException(r.Sentence),
    };
}
