using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers;

/// <summary>What every sampler keeps, whatever its method. A sampler's suite derives from it and says how to make one.</summary>
public abstract class SamplerContract
{
    private const int Trials = 40;

    public static TheoryData<Distribution> Distributions =>
    [
        new FloatDistribution(-5, 5), new FloatDistribution(1e-8, 1e8, log: true), new FloatDistribution(0, 1, step: 0.1),
        new FloatDistribution(-1, 1.05, step: 0.3), new FloatDistribution(1, Math.BitIncrement(1.0)), new FloatDistribution(1e300, 1.7e308),
        new IntDistribution(-3, 3), new IntDistribution(1, 1_000_000, log: true), new IntDistribution(0, 100, step: 7), new IntDistribution(0, 1L << 50),
        new CategoricalDistribution("a", "b", "c"), new CategoricalDistribution(null, true, 2, 2.5, double.NaN), new CategoricalDistribution(0, 1),
    ];

    protected abstract ISampler Create();

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Every_value_lies_in_its_distribution(Distribution distribution)
    {
        var study = NewStudy(1);
        study.Optimize(t => Score(t.Suggest("x", distribution)) + Score(t.Suggest("y", distribution)), nTrials: Trials);
        Assert.All(study.Trials.SelectMany(t => t.ParamList), p => Assert.True(distribution.Contains(p.Value), $"{p.Value:R} in {distribution}"));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void More_than_one_value_is_tried(Distribution distribution)
    {
        var study = NewStudy(1);
        study.Optimize(t => Score(t.Suggest("x", distribution)), nTrials: Trials);
        Assert.True(study.Trials.Select(t => t.ParamList[0].Value).Distinct().Count() > 1 || distribution.Equals(new FloatDistribution(1, Math.BitIncrement(1.0))));
    }

    [Fact]
    public void The_same_seed_gives_the_same_values_and_another_gives_others()
    {
        Assert.Equal(Sequence(7), Sequence(7));
        Assert.NotEqual(Sequence(7), Sequence(8));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_history_of_odd_values_is_lived_with(double value)
    {
        var study = NewStudy(2);
        study.Optimize(t => t.SuggestFloat("x", 0, 1) < 0.5 ? value : t.SuggestFloat("y", 0, 1), nTrials: Trials);
        study.Optimize(t => t.SuggestFloat("x", 0, 1) * 0 + value, nTrials: Trials);
        Assert.Equal(2 * Trials, study.Trials.Length);
    }

    [Fact]
    public void A_history_of_failed_trials_is_lived_with()
    {
        var study = NewStudy(2);
        study.Optimize(
            (Func<Trial, double>)(t => throw new FormatException($"{t.SuggestFloat("x", 0, 1)}")), nTrials: Trials, @catch: [typeof(FormatException)]);
        Assert.Equal(Trials, study.GetTrials(TrialState.Fail).Select(t => t.Params["x"]).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_history_of_pruned_trials_is_lived_with(bool reports)
    {
        var study = NewStudy(2);
        study.Optimize(
            (Func<Trial, double>)(t =>
            {
                var x = t.SuggestFloat("x", 0, 1);
                if (reports)
                    t.Report(t.Number % 5 == 0 ? double.NaN : x, t.Number % 3);
                throw new TrialPrunedException();
            }),
            nTrials: Trials);
        Assert.All(study.GetTrials(TrialState.Pruned), t => Assert.InRange((double)t.Params["x"]!, 0, 1));
    }

    [Fact]
    public void A_single_value_needs_no_draw()
    {
        var study = NewStudy(3);
        study.Optimize(t => t.SuggestFloat("x", 2, 2) + t.SuggestInt("n", 3, 3) + t.SuggestFloat("y", 0, 1), nTrials: Trials);
        Assert.All(study.Trials, t => Assert.Equal((2.0, 3L), ((double)t.Params["x"]!, (long)t.Params["n"]!)));
    }

    [Fact]
    public void Ranges_may_move_from_trial_to_trial()
    {
        var study = NewStudy(4);
        study.Optimize(t => t.SuggestFloat("x", t.Number, t.Number + 1) + t.SuggestInt("n", -t.Number, t.Number + 1), nTrials: Trials);
        Assert.All(study.Trials, t => Assert.InRange((double)t.Params["x"]!, t.Number, t.Number + 1));
    }

    [Fact]
    public void Parameters_may_depend_on_others()
    {
        var study = NewStudy(5);
        study.Optimize(
            t => t.SuggestCategorical("kind", "a", "b", "c") switch
            {
                "a" => t.SuggestFloat("x", 0, 1),
                "b" => t.SuggestInt("n", 1, 9) + t.SuggestFloat("y", 1e-3, 1, log: true),
                _ => 3,
            },
            nTrials: 2 * Trials);
        Assert.All(study.Trials, t => Assert.Equal(
            t.Params["kind"] switch { "a" => ["kind", "x"], "b" => ["kind", "n", "y"], _ => ["kind"] }, t.Params.Keys));
    }

    [Fact]
    public void A_trial_may_have_no_parameter_at_all()
    {
        var study = NewStudy(5);
        study.Optimize(t => t.Number % 2 == 0 ? 1 : t.SuggestFloat("x", 0, 1), nTrials: Trials);
        Assert.Equal(Trials, study.Trials.Length);
    }

    [Fact]
    public void Queued_values_out_of_range_are_lived_with()
    {
        var study = NewStudy(6);
        for (var i = 0; i < 12; i++)
            study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 100.0 * (i - 6), ["n"] = 2.5 });
        study.Optimize(t => t.SuggestFloat("x", 0, 1) + t.SuggestInt("n", 0, 9), nTrials: Trials);
        Assert.All(study.Trials.Skip(12), t => Assert.InRange((double)t.Params["x"]!, 0, 1));
    }

    [Fact]
    public void Trials_may_run_side_by_side()
    {
        var study = NewStudy(7);
        var running = Enumerable.Range(0, Trials).Select(_ => study.Ask()).ToArray();
        foreach (var t in running)
            t.SuggestFloat("x", 0, 1);
        foreach (var t in running.Reverse())
            study.Tell(t, t.SuggestFloat("x", 0, 1));
        study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: Trials, nJobs: 4);
        Assert.All(study.Trials, t => Assert.InRange((double)t.Params["x"]!, 0, 1));
    }

    protected Study NewStudy(ulong seed, params StudyDirection[] directions) =>
        Study.Create(directions: directions.Length == 0 ? null : directions, sampler: Create(), pruner: new NopPruner(), seed: seed);

    private string[] Sequence(ulong seed)
    {
        var study = NewStudy(seed);
        study.Optimize(t => t.SuggestFloat("x", -1, 1) + t.SuggestInt("n", 0, 99) + Score(t.SuggestCategorical("c", "p", "q")), nTrials: Trials);
        return [.. study.Trials.Select(t => string.Join(",", t.ParamList.Select(p => p.Value.ToString("R"))))];
    }

    private static double Score(object? external) => external switch
    {
        double d => double.IsNaN(d) ? 0.25 : d / 1e9,
        long l => l,
        string s => s.Length > 0 ? s[0] : 0,
        bool => 0.5,
        _ => 0,
    };
}
