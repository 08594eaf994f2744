using System.Collections.Immutable;
using System.Diagnostics;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Bench;

/// <summary>What was measured of one cell, warm.</summary>
/// <param name="Studies">In the order they ran; empty when only asks were timed.</param>
/// <param name="AskMicroseconds">Of single asks with all their suggests, once a study has its trials; empty when not asked for.</param>
internal sealed record StudyTimes(IReadOnlyList<StudyTime> Studies, IReadOnlyList<double> AskMicroseconds);

/// <summary>One whole study.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">Processor time of the whole process, compiler and collector included.</param>
/// <param name="AllocatedBytes">By all threads.</param>
internal readonly record struct StudyTime(double Seconds, double CpuSeconds, long AllocatedBytes);

/// <summary>Runs one sampler on one problem again and again.</summary>
internal sealed class StudyTiming(Func<ISampler> sampler, Problem problem, int trials, ulong seed)
{
    private const int WarmUpTrials = 300;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>Times whole studies, and with <paramref name="asks"/> &gt; 0 so many asks at the end of each.</summary>
    public StudyTimes Whole(int repeat, int asks)
    {
        // The runtime compiles hot code anew in the background: until it has, studies are several times slower.
        var started = Stopwatch.GetTimestamp();
        for (var left = WarmUp; left > TimeSpan.Zero; left = WarmUp - Stopwatch.GetElapsedTime(started))
            problem.Optimize(NewStudy(sampler()), Math.Min(trials, WarmUpTrials), left);

        var (studies, latencies) = (new List<StudyTime>(), new List<double>());
        for (var i = 0; i < repeat; i++)
        {
            var (time, study) = Time();
            studies.Add(time);
            latencies.AddRange(TimeAsks(study, asks));
        }

        return new StudyTimes(studies, latencies);
    }

    /// <summary>Times asks alone, in studies that are given the trials of random search instead of making their own.</summary>
    public StudyTimes Asks(int repeat, int asks)
    {
        var random = NewStudy(new RandomSampler());
        problem.Optimize(random, trials);
        var history = random.Trials;
        var latencies = new List<double>();
        for (var i = 0; i < repeat + 1; i++)
        {
            // The first study only warms up.
            var taken = TimeAsks(Given(history), asks);
            if (i > 0)
                latencies.AddRange(taken);
        }

        return new StudyTimes([], latencies);
    }

    private (StudyTime Time, Study Study) Time()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        var (cpu, allocated) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true));
        var started = Stopwatch.GetTimestamp();
        var study = NewStudy(sampler());
        problem.Optimize(study, trials);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        process.Refresh();
        return (new StudyTime(seconds, (process.TotalProcessorTime - cpu).TotalSeconds, allocated), study);
    }

    private Study Given(ImmutableArray<FrozenTrial> history)
    {
        var study = NewStudy(sampler());
        study.AddTrials(history);
        return study;
    }

    private Study NewStudy(ISampler with) =>
        Study.Create(directions: [.. Enumerable.Repeat(StudyDirection.Minimize, problem.Objectives)], sampler: with, seed: seed);

    private List<double> TimeAsks(Study study, int asks)
    {
        var taken = new List<double>();
        for (var i = 0; i <= asks && asks > 0; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var trial = study.Ask();
            var tell = problem.Evaluate(trial);
            var elapsed = Stopwatch.GetElapsedTime(started);

            // The first may learn the whole history, which a study that has lived through it need not.
            if (i > 0)
                taken.Add(elapsed.TotalMicroseconds);

            // Told, so that the next ask meets a study that has moved on, as in a real one.
            tell(study);
        }

        return taken;
    }
}
