using Optuna.Studies;

namespace Optuna.Pruners;

/// <summary>How a study's shells use its pruner.</summary>
public static class Pruning
{
    /// <summary>Takes a report in, and says whether the trial should stop.</summary>
    /// <param name="decide">The shell's: puts a wish to the rules and applies what comes of it.</param>
    /// <remarks>A report that is said again gets the answer it got before: the pruner is not asked twice.</remarks>
    public static IStudyReply Report(StudyState state, StudyCommands.ReportValue report, IPruner pruner, Func<IStudyCommand, IStudyReply> decide)
    {
        var known = state.Live.Find(report.Number) is { } running && state.HasReport(running, report.Step);
        var reply = decide(report);
        if (reply is not StudyReplies.Accepted)
            return reply;
        if (!known)
            Consult(state, report, pruner, decide);
        return new StudyReplies.Reported(state.Live.Find(report.Number)?.PruneAdvisedAt == report.Step);
    }

    /// <summary>What a sampler sees of the study when it draws for this trial: all of it, or the trial's bracket.</summary>
    public static StudyView ViewFor(StudyState state, int number, IPruner pruner) =>
        pruner is IBracketPruner brackets && brackets.Division(state.Name, key => state.SystemAttrs[key]) is { } division
            ? state.BracketView(division, division.Of(number))
            : state.View;

    private static void Consult(StudyState state, StudyCommands.ReportValue report, IPruner pruner, Func<IStudyCommand, IStudyReply> decide)
    {
        if (pruner is NopPruner || state.Live.Find(report.Number) is not { } trial)
            return;
        if (state.Directions.Length > 1)
        {
            if (pruner is IVectorPruner vectors
                && vectors.ShouldPrune(new VectorPruningContext(state, trial, report.Step, [report.Value, .. report.More])))
                decide(new StudyCommands.AdvisePrune(report.Number, report.Step));
            return;
        }

        var context = new PruningContext(state, trial);
        var prune = pruner.ShouldPrune(context);
        foreach (var wish in context.Wishes)
            decide(wish);
        if (prune)
            decide(new StudyCommands.AdvisePrune(report.Number, report.Step));
    }
}
