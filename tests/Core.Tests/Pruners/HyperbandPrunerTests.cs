using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class HyperbandPrunerTests : PrunerContract
{
    protected override IPruner Create() => new HyperbandPruner(new() { MinResource = 1, MaxResource = 9, ReductionFactor = 3 });

    // Recorded from Optuna, for a study of the name "s": brackets' budgets, and the brackets of the trials 0 to 29.
    [Theory]
    [InlineData(1, 81, 3, new long[] { 81, 34, 15, 8, 5 }, "000101000200120111201122100100")]
    [InlineData(1, 27, 3, new long[] { 27, 12, 6, 4 }, "213332110000203020100001313001")]
    [InlineData(1, 243, 3, new long[] { 81, 34, 15, 8, 5 }, "000101000200120111201122100100")]
    [InlineData(3, 100, 4, new long[] { 16, 6, 3 }, "000001100010021000010110010001")]
    [InlineData(5, 5, 2, new long[] { 1 }, "000000000000000000000000000000")]
    [InlineData(1, 16, 2, new long[] { 16, 10, 7, 5, 5 }, "002343340121410000020111021210")]
    [InlineData(1, 1000, 10, new long[] { 100, 15, 3 }, "000020000000000100002100020000")]
    public void Brackets_and_their_trials_are_those_of_Optuna(int least, int most, int factor, long[] budgets, string brackets)
    {
        Assert.Equal(budgets, HyperbandBudgets.Of(HyperbandBudgets.Brackets(least, most, factor), factor));
        var pruner = new HyperbandPruner(new() { MinResource = least, MaxResource = most, ReductionFactor = factor });
        var division = Divided(pruner, "s", most);
        Assert.Equal(budgets.Length, division.Count);
        Assert.Equal(brackets, string.Concat(Enumerable.Range(0, 30).Select(division.Of)));
    }

    [Fact]
    public void Another_name_divides_otherwise_and_the_same_question_gets_the_same_object()
    {
        var pruner = new HyperbandPruner(new() { MaxResource = 81 });
        Assert.Same(Divided(pruner, "s", 81), Divided(pruner, "s", 81));
        var (s, t) = (Divided(pruner, "s", 81), Divided(pruner, "t", 81));
        Assert.Contains(Enumerable.Range(0, 30), n => s.Of(n) != t.Of(n));
    }

    [Fact]
    public void The_study_is_divided_at_the_first_consultation_and_not_before()
    {
        var given = Given.AStudy();
        Assert.Null(new HyperbandPruner(new() { MaxResource = 9 }).Division("s", key => given.State.SystemAttrs[key]));
        given.Report(given.Ask().Number, 0, 1, Create());
        Assert.Equal("9", given.State.SystemAttrs[HyperbandPruner.MaxResourceKey]);
        Assert.NotNull(new HyperbandPruner(new() { MaxResource = 9 }).Division("s", key => given.State.SystemAttrs[key]));
    }

    [Fact]
    public void An_automatic_max_resource_waits_for_a_complete_trial_with_reports_and_prunes_nothing_meanwhile()
    {
        var given = Given.AStudy();
        given.Finished(0);
        given.Ask();
        given.Report(1, 50, 0);
        given.Tell(1, TrialState.Pruned);
        Assert.False(given.Report(given.Ask().Number, 10_000, double.NaN, new HyperbandPruner()));
        Assert.Null(given.State.SystemAttrs[HyperbandPruner.MaxResourceKey]);
    }

    [Fact]
    public void An_automatic_max_resource_once_found_stays_also_for_a_pruner_that_was_made_anew()
    {
        var given = Given.AStudy();
        given.Finished(0, new double[9]);
        given.Report(given.Ask().Number, 0, 1, new HyperbandPruner());
        given.Finished(0, new double[99]);
        given.Report(given.Ask().Number, 0, 1, new HyperbandPruner());
        Assert.Equal("9", given.State.SystemAttrs[HyperbandPruner.MaxResourceKey]);
        Assert.Equal(3, new HyperbandPruner().Division("s", key => given.State.SystemAttrs[key])!.Count);
    }

    [Fact]
    public void With_less_to_spend_than_the_least_resource_nothing_is_pruned()
    {
        var given = Given.AStudy();
        var pruner = new HyperbandPruner(new() { MinResource = 10 });
        given.Finished(0, new double[5]);
        Assert.False(given.Report(given.Ask().Number, 4, double.NaN, pruner));
        given.Finished(0, new double[500]);
        Assert.False(given.Report(given.Ask().Number, 499, double.NaN, pruner));
        Assert.Null(pruner.Division("s", key => given.State.SystemAttrs[key]));
    }

    [Fact]
    public void Trials_compete_in_their_own_bracket_only_and_each_bracket_begins_later()
    {
        var given = Given.AStudy();
        var division = Divided(new HyperbandPruner(new() { MaxResource = 9 }), "s", 9);
        var best = new double[division.Count];
        Array.Fill(best, double.PositiveInfinity);
        var pruned = new int[division.Count];
        for (var i = 0; i < 60; i++)
        {
            var number = given.Ask().Number;
            var bracket = division.Of(number);
            var firstRung = (long)Math.Pow(3, bracket);
            Assert.False(given.Report(number, firstRung - 1, double.NaN, Create()));
            var value = i * 37 % 60;
            var answer = given.Report(number, firstRung, value, Create());
            if (value <= best[bracket])
                Assert.False(answer);
            best[bracket] = Math.Min(best[bracket], value);
            pruned[bracket] += answer ? 1 : 0;
        }

        Assert.All(pruned, n => Assert.NotEqual(0, n));
    }

    [Fact]
    public void A_bootstrap_counts_in_each_bracket()
    {
        var given = Given.AStudy();
        var pruner = new HyperbandPruner(new() { MaxResource = 9, BootstrapCount = 2 });
        var division = Divided(pruner, "s", 9);
        var came = new int[division.Count];
        for (var i = 0; i < 20; i++)
        {
            var number = given.Ask().Number;
            var bracket = division.Of(number);
            Assert.Equal(came[bracket]++ < 2, given.Report(number, (long)Math.Pow(3, bracket), -i, pruner));
        }
    }

    [Fact]
    public void Samplers_see_all_trials_before_the_division_and_those_of_their_own_bracket_after_it()
    {
        var (sampler, pruner) = (new Watcher(), new HyperbandPruner());
        var study = Study.Create("s", sampler: sampler, pruner: pruner, seed: 1);
        study.Optimize(
            t =>
            {
                var x = t.SuggestFloat("x", 0, 1);
                // Nothing is reported at first: the pruner is not consulted.
                for (var step = 0; step < (t.Number < 5 ? 0 : 9); step++)
                {
                    t.Report(x, step);
                    if (t.ShouldPrune())
                        throw new TrialPrunedException();
                }

                return x;
            },
            nTrials: 60);
        var division = pruner.Division("s", study.SystemAttrs.GetValueOrDefault)!;
        Assert.Equal(3, division.Count);
        Assert.Contains(study.Trials, t => t.State == TrialState.Pruned);
        // Trial 5 is the first to end with reports, at the first report of trial 6 the study is divided.
        foreach (var (number, finished) in sampler.Seen)
            Assert.Equal(Enumerable.Range(0, number).Where(n => number <= 6 || division.Of(n) == division.Of(number)), finished);
    }

    [Theory]
    [InlineData("min_resource", """{"min_resource": 0}""")]
    [InlineData("max_resource", """{"max_resource": "all"}""")]
    [InlineData("max_resource", """{"min_resource": 10, "max_resource": 9}""")]
    [InlineData("reduction_factor", """{"reduction_factor": 1}""")]
    [InlineData("bootstrap_count", """{"max_resource": 9, "bootstrap_count": -1}""")]
    [InlineData("bootstrap_count", """{"max_resource": "auto", "bootstrap_count": 1}""")]
    public void An_option_out_of_range_is_refused_by_name(string name, string options) => Assert.Contains(
        $"'{name}'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("hyperband", options))).Message);

    private static BracketDivision Divided(HyperbandPruner pruner, string name, long maxResource) =>
        pruner.Division(name, key => key == HyperbandPruner.MaxResourceKey ? $"{maxResource}" : null)!;

    private sealed class Watcher : ISampler
    {
        public List<(int Number, int[] Finished)> Seen { get; } = [];

        public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        {
            Seen.Add((context.Number, [.. context.Study.FinishOrder.ToArray().Order()]));
            return context.Random.Own.NextDouble() * 0.99;
        }
    }
}
