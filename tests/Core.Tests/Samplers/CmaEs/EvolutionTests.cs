using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.Samplers;
using Optuna.Samplers.CmaEs;
using Optuna.SearchSpaces;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.CmaEs;

public sealed class EvolutionTests
{
    private const int Side = 16;

    public static TheoryData<string> Kinds => ["full", "separable", "margin", "rates"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_trials_side_by_side_every_one_is_learnt_from(string kind)
    {
        var options = Options(kind) with { PopulationSize = 6 };
        var lab = LocalLab.Start(new CmaEsSampler(options));
        var pick = new RandomState(9);
        lab.Run(300, Side, Suggest, Sphere, pick.NextIndex);

        var drawn = lab.Study.Trials.Count(t => t.SystemAttrs.Any(a => a.Key == options.Prefix + "generation"));
        var evolution = new Evolution(options);
        evolution.Fold(lab.State.View, lab.State.View.SpaceOfComplete);
        Assert.InRange(drawn, 300 - Side, 300);
        Assert.Equal(drawn, evolution.Used);
        Assert.Equal(drawn / 6, evolution.For(lab.State.View, lab.State.View.SpaceOfComplete)!.Value.Strategy.Generation);
    }

    [Fact]
    public void Using_surplus_solutions_converges_better_than_discarding_them()
    {
        var (used, discarded) = (new List<double>(), new List<double>());
        for (uint seed = 0; seed < 21; seed++)
        {
            used.Add(Best(seed, discard: false));
            discarded.Add(Best(seed, discard: true));
        }

        used.Sort();
        discarded.Sort();
        Assert.True(used[10] < discarded[10] / 5, $"The median is {used[10]:G3} with surplus solutions, {discarded[10]:G3} without.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_study_built_again_from_its_events_goes_on_with_the_same_draws(string kind)
    {
        var options = Options(kind);
        var lab = LocalLab.Start(new CmaEsSampler(options));
        var pick = new RandomState(10);
        lab.Run(97, Side, Suggest, Sphere, pick.NextIndex);

        var again = lab.Restarted(new CmaEsSampler(options));
        var state = pick.GetState();
        var expected = lab.Run(70, Side, Suggest, Sphere, RandomState.FromState(state).NextIndex);
        var actual = again.Run(70, Side, Suggest, Sphere, RandomState.FromState(state).NextIndex);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_study_built_again_before_its_first_generation_is_whole_goes_on_with_the_same_draws()
    {
        for (var before = 0; before < 14; before++)
        {
            var lab = LocalLab.Start(new CmaEsSampler());
            lab.Run(before, 1, Suggest, Sphere, _ => 0);
            var again = lab.Restarted(new CmaEsSampler());
            Assert.Equal(lab.Run(20, 1, Suggest, Sphere, _ => 0), again.Run(20, 1, Suggest, Sphere, _ => 0));
        }
    }

    [Fact]
    public void A_study_whose_space_shrank_is_built_again_in_the_space_it_began_with()
    {
        var lab = LocalLab.Start(new CmaEsSampler(new CmaEsOptions { WarnIndependentSampling = false }));
        lab.Run(20, 1, Suggest, Sphere, _ => 0);
        lab.Run(3, 1, t => [t.SuggestFloat("x0", -5, 5)], Sphere, _ => 0);
        var again = lab.Restarted(new CmaEsSampler(new CmaEsOptions { WarnIndependentSampling = false }));
        Assert.Equal(lab.Run(20, 1, Suggest, Sphere, _ => 0), again.Run(20, 1, Suggest, Sphere, _ => 0));
        Assert.DoesNotContain(lab.Study.Trials[23..], t => t.SystemAttrs.Any(a => a.Key == "cma:generation"));
    }

    [Fact]
    public void Failed_trials_delay_a_generation_but_do_not_stop_it()
    {
        var lab = LocalLab.Start(new CmaEsSampler(), parallel: false);
        for (var i = 0; i < 60; i++)
        {
            var trial = lab.Study.Ask();
            var x = Suggest(trial);
            if (i % 3 == 1)
                lab.Study.Tell(trial, state: TrialState.Fail);
            else
                lab.Study.Tell(trial, Sphere(x));
        }

        // 39 of the 59 before it were complete and drawn, eight make a generation.
        Assert.Equal("4", Generation(lab.Study.Trials[^1]));
    }

    [Fact]
    public void A_trial_with_given_parameters_counts_as_one_that_was_drawn()
    {
        var lab = LocalLab.Start(new CmaEsSampler(), parallel: false);
        lab.Run(12, 1, Suggest, Sphere, _ => 0);
        lab.Study.EnqueueTrial(new Dictionary<string, object?> { ["x0"] = 5.0 });
        lab.Run(1, 1, Suggest, Sphere, _ => 0);
        Assert.Equal(5.0, lab.Study.Trials[12].Params["x0"]);
        Assert.Equal("1", Generation(lab.Study.Trials[12]));
        var evolution = new Evolution(CmaEsOptions.Default);
        evolution.Fold(lab.State.View, lab.State.View.SpaceOfComplete);
        Assert.Equal(12, evolution.Used);
    }

    [Fact]
    public void An_injected_solution_from_far_away_pulls_no_further_than_its_limit()
    {
        double[] mean = [0.5, 0.5];
        var (near, far) = (new FullCma(mean, 0.001, 4), new FullCma(mean, 0.001, 4));
        near.Tell(Solutions(0.501, injected: false));
        far.Tell(Solutions(1, injected: true));
        Assert.InRange(far.Mean[0] - 0.5, near.Mean[0] - 0.5, (0.001 * Reach.OfInjected(2)) + 1e-12);

        static Population Solutions(double best, bool injected)
        {
            var population = new Population(4, 2);
            new[] { best, 0.5 }.CopyTo(population.Add(0, injected));
            for (var i = 1; i < 4; i++)
                new[] { 0.5, 0.5 + (0.001 * (i - 2)) }.CopyTo(population.Add(i));
            return population;
        }
    }

    [Fact]
    public void A_wrapper_that_keeps_a_parameter_to_itself_leaves_the_others_to_the_evolution()
    {
        var lab = LocalLab.Start(new AllButX0(new CmaEsSampler()));
        lab.Run(40, 4, Suggest, Sphere, _ => 0);
        Assert.All(lab.Study.Trials, t => Assert.Equal(2.0, t.Params["x0"]));
        Assert.True(int.Parse(Generation(lab.Study.Trials[^1])!) >= 4);

        var again = lab.Restarted(new AllButX0(new CmaEsSampler()));
        Assert.Equal(lab.Run(20, 4, Suggest, Sphere, _ => 0), again.Run(20, 4, Suggest, Sphere, _ => 0));
    }

    private static double Best(uint seed, bool discard)
    {
        const int dimension = 3;
        var (strategy, population) = (new FullCma([0.5, 0.5, 0.5], 1.0 / 6, 6), new Population(6, dimension));
        var (random, pick, best) = (new RandomState(seed), new RandomState(1000 + seed), double.PositiveInfinity);
        var running = new List<(double[] X, int Generation)>();
        for (var t = 0; t < 300; t++)
        {
            while (running.Count < Side)
            {
                var x = new double[dimension];
                strategy.Ask(random, x);
                running.Add((x, strategy.Generation));
            }

            var k = pick.NextIndex(Side);
            var ended = running[k];
            running.RemoveAt(k);
            var value = ended.X.Sum(v => (v - 0.3) * (v - 0.3));
            best = Math.Min(best, value);
            var surplus = ended.Generation != strategy.Generation;
            if (surplus && discard)
                continue;
            ended.X.CopyTo(population.Add(value, surplus));
            if (!population.IsFull)
                continue;
            strategy.Tell(population);
            population.Clear();
        }

        return best;
    }

    private static CmaEsOptions Options(string kind) => kind switch
    {
        "separable" => new CmaEsOptions { UseSeparableCma = true },
        "margin" => new CmaEsOptions { WithMargin = true },
        "rates" => new CmaEsOptions { LearningRateAdaptation = true },
        _ => CmaEsOptions.Default,
    };

    private static double[] Suggest(Trial t) =>
        [t.SuggestFloat("x0", -5, 5), t.SuggestFloat("x1", 1e-3, 10, log: true), t.SuggestInt("n", -8, 8), t.SuggestFloat("s", 0, 1, step: 0.125)];

    private static double Sphere(double[] x) => x.Sum(v => (v - 1) * (v - 1));

    private static string? Generation(FrozenTrial trial) => trial.SystemAttrs.SingleOrDefault(a => a.Key == "cma:generation").Value;

    private sealed class AllButX0(CmaEsSampler inner) : IRelativeSampler
    {
        public bool DrawsInTurn(SamplingContext context) => inner.DrawsInTurn(context);

        public SearchSpace InferRelativeSpace(SamplingContext context) =>
            new(inner.InferRelativeSpace(context).Params.Where(p => p.Key != "x0"));

        public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space) => inner.SampleRelative(context, space);

        public double SampleIndependent(SamplingContext context, string name, Distribution distribution) =>
            name == "x0" ? 2 : inner.SampleIndependent(context, name, distribution);
    }
}
