using System.Collections.Concurrent;
using Optuna.Trials;

namespace Optuna.Chaos.Workers;

/// <summary>Takes a while, reports, fails now and then, and never gives the same value twice: whose result a study keeps can be told.</summary>
internal sealed class ChaosObjective : IObjective
{
    private readonly ConcurrentDictionary<int, double> _values = [];

    public async ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        _values.TryRemove(trial.Number, out _);
        var x = trial.SuggestFloat("x", -10, 10);
        var kind = trial.SuggestCategorical("kind", "one", "two");
        for (var step = 0; step < 2; step++)
        {
            await Task.Delay(Random.Shared.Next(10, 100), cancellationToken);
            trial.Report(Math.Abs(x) / (step + 1), step);
            if (trial.ShouldPrune())
                throw new TrialPrunedException();
        }

        if (Random.Shared.Next(50) == 0)
            throw new InvalidOperationException("One in fifty fails.");
        var value = (x * x) + (kind == "two" ? trial.SuggestInt("n", 1, 5) : 0) + (Random.Shared.NextDouble() * 1e-3);
        _values[trial.Number] = value;
        return value;
    }

    /// <summary>What this process has computed for a trial last, or null.</summary>
    public double? Take(int number) => _values.TryRemove(number, out var value) ? value : null;
}
