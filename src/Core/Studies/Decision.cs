using System.Collections.Immutable;

namespace Optuna.Studies;

/// <summary>What follows from a wish: the answer, and the facts to be journaled before it may be given.</summary>
public readonly record struct Decision(IStudyReply Reply, ImmutableArray<IStudyEvent> Events)
{
    public static Decision Nothing(IStudyReply reply) => new(reply, []);

    public static Decision Refuse(Rejection code, string sentence) => Nothing(new StudyReplies.Rejected(code, sentence));

    public static Decision Of(IStudyReply reply, params ReadOnlySpan<IStudyEvent> events) => new(reply, [.. events]);
}
