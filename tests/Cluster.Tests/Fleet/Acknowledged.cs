using System.Collections.Concurrent;
using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

/// <summary>A client that writes down every result the cluster has acknowledged to it: each must stand in the study for ever, exactly so.</summary>
internal sealed class Acknowledged(Study study)
{
    private readonly ConcurrentDictionary<int, double> _told = [];

    public int Count => _told.Count;

    /// <summary>Evaluates trials one after the other until it is told to end.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var trial = await study.AskAsync();
            try
            {
                var value = Bowl.Value(trial.SuggestFloat("x", -10, 10), trial.SuggestFloat("rate", 1e-4, 1, log: true));
                await study.TellAsync(trial, [value]);
                Assert.True(_told.TryAdd(trial.Number, value), $"Trial {trial.Number} was given to this client twice after it was acknowledged.");
            }
            catch (LeaseLostException)
            {
                // The outage outlasted the lease: the trial is somebody else's now, and nothing was acknowledged.
            }
        }
    }

    public void AssertKept(ImmutableArray<FrozenTrial> trials)
    {
        foreach (var (number, value) in _told)
            Assert.Equal((number, TrialState.Complete, value), (trials[number].Number, trials[number].State, trials[number].Value!.Value));
    }
}
