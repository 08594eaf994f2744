using Akka.Actor;
using Akka.Persistence;

namespace Optuna.Coordinator.Studies;

/// <summary>
/// How far the journal of a persistent actor goes, whoever wrote it. What an actor writes is fenced by the next number in the journal; what it
/// only answers is not: a node that was frozen until others took over, and woke up, does not know of them yet. An answer after which the
/// asker asks no more (there is no such study, there is no trial left) is therefore given only by whom nobody has overtaken.
/// </summary>
internal sealed class JournalEnd(IActorRef journal, string persistenceId)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>The number of a row after <paramref name="known"/>, or of the last row if there is none after it.</summary>
    /// <exception cref="AskTimeoutException">The database does not answer.</exception>
    public async Task<long> ReadAsync(long known) =>
        await journal.Ask<object>(me => new ReplayMessages(known + 1, long.MaxValue, 1, persistenceId, me), s_patience, CancellationToken.None).ConfigureAwait(false) switch
        {
            ReplayedMessage row => row.Persistent.SequenceNr,
            RecoverySuccess end => end.HighestSequenceNr,
            ReplayMessagesFailure failure => throw new InvalidOperationException($"The journal of {persistenceId} could not be read.", failure.Cause),
            var other => throw new InvalidOperationException($"The journal answered {other}."),
        };
}
