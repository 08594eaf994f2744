using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Optuna.Importance;
using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Bench;

/// <summary>Times one importance evaluator on a study of random trials, from the study to the sorted shares.</summary>
internal static class ImportanceTiming
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <returns>Wall seconds of each run.</returns>
    public static double[] Of(string evaluator, Problem problem, int trials, ulong seed, int repeat)
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: seed);
        study.Optimize(problem.Objective, trials);
        var judge = ImportanceCatalog.Create(new ComponentSpec(evaluator));
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < WarmUp)
            study.GetParamImportances(judge);
        return [.. Enumerable.Range(0, repeat).Select(_ =>
        {
            var begun = Stopwatch.GetTimestamp();
            study.GetParamImportances(judge);
            return Stopwatch.GetElapsedTime(begun).TotalSeconds;
        })];
    }

    public static string Line(string evaluator, string problem, int trials, double[] seconds, bool json) => json
        ? JsonSerializer.Serialize(new
        {
            bench = "importance",
            problem,
            evaluator,
            n = trials,
            seconds = Math.Round(Median.Of(seconds), 7),
            runs = seconds.Select(s => Math.Round(s, 7)),
        })
        : string.Create(CultureInfo.InvariantCulture, $"{problem,-13}{evaluator,-24}{trials,8} trials{Median.Of(seconds) * 1000,12:0.000} ms ({seconds.Min() * 1000:0.000} to {seconds.Max() * 1000:0.000})");
}
