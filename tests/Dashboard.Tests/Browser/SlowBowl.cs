using Optuna.Trials;

namespace Optuna.Tests.Browser;

/// <summary>A bowl over four kinds of parameters that takes its time and reports on its way: slow enough to be watched, and now and then pruned.</summary>
/// <param name="step">From one report to the next.</param>
internal sealed class SlowBowl(TimeSpan step) : IObjective
{
    private const int Steps = 5;

    public async ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var x = trial.SuggestFloat("x", -5, 5);
        var rate = trial.SuggestFloat("rate", 1e-5, 1, log: true);
        var kind = trial.SuggestCategorical("kind", "adam", "sgd");
        var layers = trial.SuggestInt("layers", 1, 8);
        var value = ((x - 1) * (x - 1)) + Math.Abs(Math.Log10(rate) + 2) + (kind == "adam" ? 0 : 0.5) + (Math.Abs(layers - 3) / 8.0);
        for (var i = 0; i < Steps; i++)
        {
            await Task.Delay(step, cancellationToken);
            trial.Report(value + (2 * Math.Exp(-i)), i);
            if (trial.ShouldPrune())
                throw new TrialPrunedException();
        }

        return value;
    }
}
