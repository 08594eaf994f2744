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

    /// <returns>Of each run; processor time is the whole process's, which on a machine with other work says more.</returns>
    public static (double Wall, double Cpu)[] Of(string evaluator, Problem problem, int trials, ulong seed, int repeat)
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: seed);
        study.Optimize(
            problem.Objective ?? throw new ArgumentException($"Importances are timed with one objective, but {problem.Name} has {problem.Objectives}.", nameof(problem)), trials);
        var judge = ImportanceCatalog.Create(new ComponentSpec(evaluator));
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < WarmUp)
            study.GetParamImportances(judge);
        return [.. Enumerable.Range(0, repeat).Select(_ =>
        {
            using var process = Process.GetCurrentProcess();
            var (begun, cpu) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            study.GetParamImportances(judge);
            var wall = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            process.Refresh();
            return (wall, (process.TotalProcessorTime - cpu).TotalSeconds);
        })];
    }

    public static string Line(string evaluator, string problem, int trials, (double Wall, double Cpu)[] runs, bool json) => json
        ? JsonSerializer.Serialize(new
        {
            bench = "importance",
            problem,
            evaluator,
            n = trials,
            seconds = Math.Round(Median.Of([.. runs.Select(r => r.Wall)]), 7),
            cpuSeconds = Math.Round(Median.Of([.. runs.Select(r => r.Cpu)]), 7),
            runs = runs.Select(r => Math.Round(r.Wall, 7)),
        })
        : string.Create(CultureInfo.InvariantCulture, $"{problem,-13}{evaluator,-24}{trials,8} trials{Median.Of([.. runs.Select(r => r.Wall)]) * 1000,12:0.000} ms, {Median.Of([.. runs.Select(r => r.Cpu)]) * 1000:0.000} ms of processor time");
}
