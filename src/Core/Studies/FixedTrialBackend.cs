using Optuna.Distributions;

namespace Optuna.Studies;

/// <summary>What stands behind <see cref="Trial.Fixed"/>: the values it was given, and no study.</summary>
internal sealed class FixedTrialBackend(IReadOnlyDictionary<string, object?> values) : IStudyBackend
{
    public static readonly StudySummary Summary = new(
        default, "", [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("nop"), 0, 0, [], [], default, null, null);

    public ValueTask<IStudyReply> SendAsync(IStudyCommand command, CancellationToken cancellationToken = default) => new(command switch
    {
        StudyCommands.SuggestParam c => Suggest(c.Name, c.Distribution),
        StudyCommands.ReportValue => new StudyReplies.Reported(ShouldPrune: false),
        StudyCommands.SetTrialAttr => StudyReplies.Accepted.Instance,
        _ => throw new InvalidOperationException("A fixed trial belongs to no study."),
    });

    public ValueTask<IStudyReply> QueryAsync(IStudyQuery query, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("A fixed trial belongs to no study.");

    public void PrepareForParallelTrials()
    {
    }

    private IStudyReply Suggest(string name, Distribution distribution)
    {
        if (!values.TryGetValue(name, out var external))
            return new StudyReplies.Rejected(Rejection.InvalidValue, $"The fixed trial was given no value for parameter '{name}'.");
        try
        {
            var value = distribution.ToInternal(external);
            var warning = distribution.Contains(value) ? null : $"The fixed value {external} of parameter '{name}' is out of range of {distribution}.";
            return new StudyReplies.ParamSuggested(value, warning);
        }
        catch (ArgumentException e)
        {
            return new StudyReplies.Rejected(Rejection.InvalidValue, $"Parameter '{name}': {e.Message}");
        }
    }
}
