using System.Diagnostics;
using Optuna.Samplers;

namespace Optuna.Bench;

/// <summary>Wall times of one cell, warm.</summary>
/// <param name="Seconds">Of each whole study, in the order they ran.</param>
/// <param name="AskMicroseconds">Median of one ask with all its suggests at the end of a study; null when not asked for.</param>
internal sealed record StudyTimes(double[] Seconds, double? AskMicroseconds);

/// <summary>Runs one sampler on one problem again and again.</summary>
internal sealed class StudyTiming(Func<ISampler> sampler, Problem problem, int trials, ulong seed)
{
    private const int WarmUpTrials = 300;
    private const int Asks = 31;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    public StudyTimes Run(int repeat, bool askLatency)
    {
        // The runtime compiles hot code anew in the background: until it has, studies are several times slower.
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < WarmUp;)
            Time(Math.Min(trials, WarmUpTrials));

        var seconds = new double[repeat];
        var asks = new List<double>();
        for (var i = 0; i < repeat; i++)
        {
            GC.Collect();
            (seconds[i], var study) = Time(trials);
            if (askLatency)
                asks.AddRange(TimeAsks(study));
        }

        return new StudyTimes(seconds, askLatency ? Median.Of(asks) : null);
    }

    private (double Seconds, Study Study) Time(int count)
    {
        var started = Stopwatch.GetTimestamp();
        var study = Study.Create(sampler: sampler(), seed: seed);
        study.Optimize(problem.Objective, count);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, study);
    }

    private IEnumerable<double> TimeAsks(Study study)
    {
        for (var i = 0; i < Asks; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var trial = study.Ask();
            var value = problem.Objective(trial);
            yield return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            // Told, so that the next ask meets a study that has moved on, as in a real one.
            study.Tell(trial, value);
        }
    }
}
