using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class OptimizeTests
{
    private static Study NewStudy(ManualClock? clock = null) =>
        Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 1, clock: clock);

    private static double Square(Trial trial) => Math.Pow(trial.SuggestFloat("x", -1, 1), 2);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(-1)]
    public void So_many_trials_run_and_no_more(int jobs)
    {
        var study = NewStudy();
        study.Optimize(Square, nTrials: 25, nJobs: jobs);
        Assert.Equal(25, study.Trials.Length);
        Assert.All(study.Trials, t => Assert.Equal(TrialState.Complete, t.State));
        study.Optimize(Square, nTrials: 5, nJobs: jobs);
        Assert.Equal(30, study.Trials.Length);
    }

    [Fact]
    public void No_trials_may_be_wished_for()
    {
        var study = NewStudy();
        study.Optimize(Square, nTrials: 0);
        Assert.Empty(study.Trials);
    }

    [Fact]
    public void After_the_timeout_no_trial_starts_but_the_one_at_work_ends()
    {
        var clock = new ManualClock();
        var study = NewStudy(clock);
        study.Optimize(
            t =>
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                return Square(t);
            },
            timeout: TimeSpan.FromSeconds(5));
        Assert.Equal(3, study.Trials.Length);
        Assert.All(study.Trials, t => Assert.Equal(TimeSpan.FromSeconds(2), t.Duration));
    }

    [Fact]
    public void An_exception_fails_its_trial_and_comes_out()
    {
        var study = NewStudy();
        var e = Assert.Throws<FormatException>(() => study.Optimize((Func<Trial, double>)(_ => throw new FormatException("odd")), nTrials: 3));
        Assert.Equal("odd", e.Message);
        Assert.Equal((TrialState.Fail, "FormatException: odd"), (study.Trials.Single().State, study.Trials.Single().Reason));
    }

    [Fact]
    public void A_caught_exception_fails_its_trial_only()
    {
        var study = NewStudy();
        study.Optimize(t => t.Number == 1 ? throw new FileNotFoundException() : Square(t), nTrials: 3, @catch: [typeof(IOException)]);
        Assert.Equal([TrialState.Complete, TrialState.Fail, TrialState.Complete], study.Trials.Select(t => t.State));
    }

    [Fact]
    public void An_exception_of_one_thread_ends_the_others_after_their_trials()
    {
        var study = NewStudy();
        Assert.Throws<FormatException>(() => study.Optimize(t => t.Number == 20 ? throw new FormatException() : Square(t), nJobs: 4));
        Assert.Single(study.GetTrials(TrialState.Fail));
        Assert.Empty(study.GetTrials(TrialState.Running));
    }

    [Fact]
    public void Pruned_trials_are_pruned_and_do_not_end_the_optimisation()
    {
        var study = NewStudy();
        study.Optimize(
            (Func<Trial, double>)(t =>
            {
                t.Report(2.5, 1);
                throw new TrialPrunedException();
            }),
            nTrials: 2);
        Assert.All(study.Trials, t => Assert.Equal((TrialState.Pruned, 2.5), (t.State, t.Value)));
    }

    [Fact]
    public void NaN_no_values_and_too_many_values_fail_the_trial_without_ending_the_optimisation()
    {
        var study = NewStudy();
        double[]?[] results = [[double.NaN], [], null, [1, 2], [3]];
        study.Optimize((Func<Trial, double[]>)(t => results[t.Number]!), nTrials: 5);
        Assert.Equal(
            [TrialState.Fail, TrialState.Fail, TrialState.Fail, TrialState.Fail, TrialState.Complete], study.Trials.Select(t => t.State));
    }

    [Fact]
    public void Callbacks_get_every_trial_as_it_ended_in_their_order()
    {
        var study = NewStudy();
        var seen = new List<(int, TrialState, string)>();
        study.Optimize(Square, nTrials: 3, callbacks:
        [
            (s, t) => seen.Add((t.Number, t.State, "first")),
            (s, t) => seen.Add((s.Trials.Length - 1, t.State, "second")),
        ]);
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(n => new[] { (n, TrialState.Complete, "first"), (n, TrialState.Complete, "second") }), seen);
    }

    [Fact]
    public void A_callbacks_exception_comes_out()
    {
        var study = NewStudy();
        Assert.Throws<FormatException>(() => study.Optimize(Square, nTrials: 3, callbacks: [(_, _) => throw new FormatException()]));
        Assert.Single(study.GetTrials(TrialState.Complete));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stop_ends_it_from_an_objective_or_a_callback(bool objective)
    {
        var study = NewStudy();
        study.Optimize(
            t =>
            {
                if (objective && t.Number == 2)
                    study.Stop();
                return Square(t);
            },
            callbacks: [(s, t) =>
            {
                if (t.Number == 2)
                    s.Stop();
            }]);
        Assert.Equal(3, study.GetTrials(TrialState.Complete).Length);
        study.Optimize(Square, nTrials: 1);
        Assert.Equal(4, study.Trials.Length);
    }

    [Fact]
    public void Stop_from_elsewhere_is_refused()
    {
        var study = NewStudy();
        Assert.Throws<InvalidOperationException>(study.Stop);
        study.Optimize(Square, nTrials: 1);
        Assert.Throws<InvalidOperationException>(study.Stop);
        var other = NewStudy();
        Assert.Throws<InvalidOperationException>(() => other.Optimize(t =>
        {
            study.Stop();
            return 1;
        }, nTrials: 1));
    }

    [Fact]
    public void A_nested_call_on_the_same_study_is_refused_and_on_another_is_not()
    {
        var study = NewStudy();
        var inner = NewStudy();
        study.Optimize(
            t =>
            {
                Assert.Throws<InvalidOperationException>(() => study.Optimize(Square, nTrials: 1));
                inner.Optimize(Square, nTrials: 2);
                return inner.BestValue;
            },
            nTrials: 1);
        Assert.Single(study.Trials);
        Assert.Equal(2, inner.Trials.Length);
    }

    [Fact]
    public void Cancelling_ends_it_and_leaves_no_trial_running()
    {
        using var source = new CancellationTokenSource();
        var study = NewStudy();
        Assert.ThrowsAny<OperationCanceledException>(() => study.Optimize(
            t =>
            {
                t.Report(1, 0);
                if (t.Number == 2)
                    source.Cancel();
                return Square(t);
            },
            cancellationToken: source.Token));
        Assert.Equal(3, study.Trials.Length);
        Assert.All(study.Trials, t => Assert.Equal(TrialState.Complete, t.State));
    }

    [Fact]
    public void An_objective_that_gives_up_on_cancellation_fails_its_trial()
    {
        using var source = new CancellationTokenSource();
        var study = NewStudy();
        Assert.ThrowsAny<OperationCanceledException>(() => study.OptimizeAsync(
            async (t, token) =>
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
                return 1.0;
            },
            cancellationToken: source.Token).GetAwaiter().GetResult());
        Assert.Equal(TrialState.Fail, study.Trials.Single().State);
    }

    [Fact]
    public void Progress_is_told_after_every_trial()
    {
        var clock = new ManualClock();
        var told = new Progress();
        NewStudy(clock).Optimize(
            t =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Square(t);
            },
            nTrials: 3, progress: told);
        Assert.Equal(Enumerable.Range(1, 3).Select(n => new OptimizeProgress(n, 3, TimeSpan.FromSeconds(n))), told.Seen);
    }

    [Fact]
    public void A_trial_taken_from_this_worker_does_not_end_the_optimisation()
    {
        var backend = new TakingBackend();
        var study = new Study(backend, backend.Summary);
        study.Optimize(Square, nTrials: 3);
        Assert.Equal([TrialState.Fail, TrialState.Complete, TrialState.Complete], study.Trials.Select(t => t.State));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -2)]
    public void Impossible_numbers_are_refused(int trials, int jobs)
    {
        var study = NewStudy();
        Assert.Throws<ArgumentException>(() => study.Optimize(Square, nTrials: trials, nJobs: jobs));
        Assert.Empty(study.Trials);
    }

    [Fact]
    public void Max_trials_counts_what_the_study_has_over_all_calls()
    {
        var study = NewStudy();
        study.Optimize(Square, nTrials: 4);
        study.Optimize(t => t.Number % 2 == 0 ? double.NaN : Square(t), callbacks: [StudyCallbacks.MaxTrials(6)]);
        Assert.Equal(6, study.GetTrials(TrialState.Complete).Length);
        study.Optimize(_ => double.NaN, callbacks: [StudyCallbacks.MaxTrials(3, TrialState.Fail)]);
        Assert.Equal(3, study.GetTrials(TrialState.Fail).Length);
    }

    private sealed class Progress : IProgress<OptimizeProgress>
    {
        public List<OptimizeProgress> Seen { get; } = [];

        public void Report(OptimizeProgress value) => Seen.Add(value);
    }

    /// <summary>Takes the first trial away while it is being evaluated, and fails it under another holder.</summary>
    private sealed class TakingBackend : IStudyBackend
    {
        private readonly Given _given = Given.AStudy(retries: 1);
        private readonly LocalStudy _local;

        public TakingBackend() => _local = new LocalStudy(_given.State, new RandomSampler(), new NopPruner(), _given.Clock);

        public StudySummary Summary => _given.Summary;

        public async ValueTask<IStudyReply> SendAsync(IStudyCommand command, CancellationToken cancellationToken = default)
        {
            var reply = await _local.SendAsync(command, cancellationToken);
            if (reply is StudyReplies.TrialAsked { Number: 0 } asked)
            {
                await _local.SendAsync(new StudyCommands.AbandonTrial(0, asked.Lease, "silent"), cancellationToken);
                await _local.SendAsync(new StudyCommands.AskTrial(new WorkerId("other"), Guid.NewGuid(), null), cancellationToken);
                await _local.SendAsync(new StudyCommands.TellTrial(0, 0, TrialState.Fail, [], []), cancellationToken);
            }

            return reply;
        }

        public ValueTask<IStudyReply> QueryAsync(IStudyQuery query, CancellationToken cancellationToken = default) => _local.QueryAsync(query, cancellationToken);

        public void PrepareForParallelTrials() => _local.PrepareForParallelTrials();
    }
}
