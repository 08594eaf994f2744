using System.Collections.Concurrent;
using System.Diagnostics;
using Optuna.Bench.Quality.Problems;
using Optuna.Bench.Quality.Results;
using Optuna.Pruners;

namespace Optuna.Bench.Quality.Running;

/// <summary>One sampler on one problem.</summary>
/// <param name="Marks">Ascending; the last is the number of trials.</param>
internal sealed record PlannedCell(QualityProblem Problem, string Sampler, IReadOnlyList<int> Marks);

/// <summary>Runs studies side by side, each of them one trial after the other and never pruned.</summary>
internal sealed class CellRunner(int firstSeed, int seeds, int jobs)
{
    /// <param name="done">Told every cell that is complete, one at a time.</param>
    public IReadOnlyList<QualityCell> Run(IReadOnlyList<PlannedCell> cells, Action<QualityCell> done, CancellationToken cancellationToken)
    {
        var runs = cells.Select(_ => new SeedRun[seeds]).ToArray();
        var left = cells.Select(_ => seeds).ToArray();
        var finished = new QualityCell[cells.Count];
        var work = from cell in Enumerable.Range(0, cells.Count) from seed in Enumerable.Range(0, seeds) select (cell, seed);
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        Parallel.ForEach(Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering), options, item =>
        {
            var (cell, seed) = item;
            runs[cell][seed] = Run(cells[cell], (ulong)(firstSeed + seed), cancellationToken);
            if (Interlocked.Decrement(ref left[cell]) > 0)
                return;
            finished[cell] = Cell(cells[cell], runs[cell]);
            lock (finished)
                done(finished[cell]);
        });
        return finished;
    }

    private static SeedRun Run(PlannedCell cell, ulong seed, CancellationToken cancellationToken)
    {
        var problem = cell.Problem;
        var outcomes = new List<Outcome>(cell.Marks[^1]);
        var started = Stopwatch.GetTimestamp();
        var study = Study.Create(
            directions: problem.Directions, sampler: SamplerNames.Create(cell.Sampler, problem.Directions.Count), pruner: new NopPruner(), seed: seed);
        study.Optimize(
            trial =>
            {
                var values = problem.Evaluate(trial);
                outcomes.Add(new Outcome(values, trial.Constraints.Values.All(c => c <= 0)));
                return values;
            },
            cell.Marks[^1], cancellationToken: cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        // A sampler that has seen its whole space ends a study early; what it has found is its result from then on.
        var all = outcomes.ToArray();
        return new SeedRun([.. cell.Marks.Select(m => problem.Metric.Of(all.AsSpan(0, Math.Min(m, all.Length))))], seconds);
    }

    private QualityCell Cell(PlannedCell cell, SeedRun[] runs)
    {
        var metric = cell.Problem.Metric;
        var at = new SortedDictionary<int, MarkResult>();
        for (var i = 0; i < cell.Marks.Count; i++)
            at[cell.Marks[i]] = MarkResult.Of(runs.Select(r => r.AtMarks[i]), metric.BiggerIsBetter);
        return new QualityCell(
            cell.Problem.Name, cell.Sampler, metric.Name, metric.BiggerIsBetter, runs.Length, firstSeed,
            Math.Round(Median.Of([.. runs.Select(r => r.Seconds)]), 4), at);
    }

    private sealed record SeedRun(double?[] AtMarks, double Seconds);
}
