using Akka.Actor;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <summary>
/// How far the journal of a persistent actor goes, whoever wrote it. What an actor writes is fenced by the next number in the journal; what it
/// only answers is not: a node that was frozen until others took over, and woke up, does not know of them yet. An answer after which the
/// asker asks no more (there is no such study, there is no trial left) is therefore given only by whom nobody has overtaken.
/// </summary>
internal sealed class JournalEnd(IActorRef journal, string persistenceId)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>For the actor itself to look at, and to send; "not now" if the database does not say.</summary>
    /// <param name="own">The last row it has written.</param>
    public async Task<Read> ConfirmAsync(long own, IActorRef to, Response answer)
    {
        try
        {
            return new Read(await ReadAsync(own).ConfigureAwait(false), to, answer);
        }
        catch (Exception e)
        {
            return new Read(0, to, new Response(answer.Id, new StudyReplies.Rejected(Rejection.Unavailable, $"The journal does not answer yet: {e.Message}")));
        }
    }

    // The number of a row after that one, or of the last row if there is none after it.
    private async Task<long> ReadAsync(long known) =>
        await journal.Ask<object>(me => new ReplayMessages(known + 1, long.MaxValue, 1, persistenceId, me), s_patience, CancellationToken.None).ConfigureAwait(false) switch
        {
            ReplayedMessage row => row.Persistent.SequenceNr,
            RecoverySuccess end => end.HighestSequenceNr,
            ReplayMessagesFailure failure => throw new InvalidOperationException($"The journal of {persistenceId} could not be read.", failure.Cause),
            var other => throw new InvalidOperationException($"The journal answered {other}."),
        };

    /// <param name="Last">The last row there is, as far as that was asked.</param>
    public sealed record Read(long Last, IActorRef To, Response Answer) : INoSerializationVerificationNeeded
    {
        /// <summary>Who is overtaken answers nothing and reads what the others wrote; the asker asks again.</summary>
        /// <param name="own">The last row the actor has written by now.</param>
        /// <exception cref="InvalidOperationException">Somebody else wrote a later one: the actor is to start again from its journal.</exception>
        public void AssertNotOvertaken(string persistenceId, long own)
        {
            if (Last > own)
                throw new InvalidOperationException($"The journal of {persistenceId} has row {Last}, which another owner wrote; it starts again from there.");
        }
    }
}
