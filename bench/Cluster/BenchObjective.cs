using System.Globalization;
using Optuna.Trials;

namespace Optuna.Bench;

/// <summary>What the worker processes evaluate: it costs next to nothing, so that what is timed is the way to the coordinator and back.</summary>
/// <remarks>
/// It asks the pruner after every report and goes on whatever the answer: every trial then makes all its reports, and
/// trials per second mean the same whatever values were drawn.
/// </remarks>
public sealed class BenchObjective : IObjective
{
    internal const string ParamsVariable = "OPTUNA_BENCH_OBJECTIVE_PARAMS";
    internal const string ReportsVariable = "OPTUNA_BENCH_OBJECTIVE_REPORTS";

    private readonly string[] _names = [.. Enumerable.Range(0, Number(ParamsVariable)).Select(i => $"x{i}")];
    private readonly int _reports = Number(ReportsVariable);

    public ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var sum = 0.0;
        foreach (var name in _names)
        {
            var x = trial.SuggestFloat(name, -5, 5);
            sum += x * x;
        }

        for (var step = 0; step < _reports; step++)
        {
            trial.Report(sum + (1.0 / (step + 1)), step);
            trial.ShouldPrune();
        }

        return new ValueTask<ObjectiveValue>(sum);
    }

    private static int Number(string variable) => int.Parse(
        Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"{variable} is not set."), CultureInfo.InvariantCulture);
}
