using System.Collections.Concurrent;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Optimize;

/// <summary>A study of which this process evaluates trials: what it holds when it is interrupted is given back, to be given out again, and does not count as failed.</summary>
/// <param name="worker">Who holds the trials, as <c>workers</c> shows it.</param>
internal sealed class ReturnedTrials(IStudyBackend study, WorkerId worker, CancellationToken interrupted) : IStudyBackend
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, long> _held = [];

    public async ValueTask<IStudyReply> SendAsync(IStudyCommand command, CancellationToken cancellationToken = default)
    {
        switch (command)
        {
            case StudyCommands.AskTrial ask:
                // Not cancelled: a trial that is on its way must be known to be given back.
                var reply = await study.SendAsync(ask with { Worker = worker }, CancellationToken.None).ConfigureAwait(false);
                if (reply is StudyReplies.TrialAsked asked)
                    _held[asked.Number] = asked.Lease;
                interrupted.ThrowIfCancellationRequested();
                return reply;
            // It failed because it was interrupted.
            case StudyCommands.TellTrial { State: TrialState.Fail } when interrupted.IsCancellationRequested:
                return new StudyReplies.Rejected(Rejection.LeaseLost, "The trial is given back.");
            case StudyCommands.TellTrial tell:
                var told = await study.SendAsync(tell, cancellationToken).ConfigureAwait(false);
                _held.TryRemove(tell.Number, out _);
                return told;
            default:
                return await study.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<IStudyReply> QueryAsync(IStudyQuery query, CancellationToken cancellationToken = default) => study.QueryAsync(query, cancellationToken);

    public void PrepareForParallelTrials() => study.PrepareForParallelTrials();

    /// <summary>Gives back what is held; what cannot be given back within seconds is taken back by the coordinators when its lease runs out.</summary>
    public async Task GiveBackAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            foreach (var (number, lease) in _held)
                await study.SendAsync(new StudyCommands.AbandonTrial(number, lease, $"Its worker {worker} was stopped."), patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or CoordinatorUnreachableException)
        {
        }
    }
}
