using CsCheck;
using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.Gp;
using Optuna.Studies;
using Optuna.Tests.Distributions;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class GpSamplerTests
{
    // Whole numbers as a double holds them exactly, and ranges no wider than a double.
    private static readonly Gen<Distribution> s_anyDistribution = GenDistribution.Any
        .Select(d => d is IntDistribution i ? new IntDistribution((i.Low >> 14) + 1, (i.High >> 14) + 1, i.Log, i.Step) : d)
        .Where(d => d is not FloatDistribution f || double.IsFinite(f.High - f.Low));

    [Fact]
    public void A_smooth_valley_is_found_in_few_trials()
    {
        var study = NewStudy(1);
        study.Optimize(t => Math.Pow(t.SuggestFloat("x", -5, 5) - 1.3, 2) + Math.Pow(t.SuggestFloat("y", -5, 5) + 2.1, 2), nTrials: 35);
        Assert.InRange(study.BestValue, 0, 1e-2);
    }

    [Fact]
    public void The_larger_value_is_sought_where_the_study_maximizes()
    {
        var study = NewStudy(1, StudyDirection.Maximize);
        study.Optimize(t => -Math.Abs(Math.Log10(t.SuggestFloat("x", 1e-5, 1, log: true)) + 2) - Math.Abs(t.SuggestInt("n", 1, 64) - 40), nTrials: 40);
        Assert.InRange(study.BestValue, -0.5, 0);
    }

    [Fact]
    public void The_best_of_many_choices_is_settled_on()
    {
        var study = NewStudy(3);
        study.Optimize(t => t.SuggestCategorical("c", "p", "q", "r", "s", "t", "u") switch { "r" => 0, "t" => 1, _ => 2 } + t.SuggestFloat("x", 0, 1), nTrials: 40);
        Assert.All(study.Trials.Skip(36), t => Assert.Equal("r", t.Params["c"]));
    }

    [Fact]
    public void The_feasible_side_is_searched_where_trials_have_constraints()
    {
        var study = NewStudy(5);
        study.Optimize(
            t =>
            {
                var (x, y) = (t.SuggestFloat("x", -5, 5), t.SuggestFloat("y", -5, 5));
                t.SetConstraint("sum", 1 - x - y);
                t.SetConstraint("side", -x);
                return (x * x) + (y * y);
            },
            nTrials: 40);
        var best = study.BestTrial;
        Assert.All(best.Constraints.Values, c => Assert.InRange(c, double.NegativeInfinity, 0));
        Assert.InRange(best.Values[0], 0.5, 0.6);
    }

    [Fact]
    public void While_nothing_is_feasible_it_looks_for_what_is()
    {
        var study = NewStudy(6);
        study.Optimize(
            t =>
            {
                var (x, y) = (t.SuggestFloat("x", 0, 1), t.SuggestFloat("y", 0, 1));
                t.SetConstraint("corner", Math.Max(0.97 - x, 0.03 - (1 - y)) + Math.Max(0, 0.9 - y));
                return x;
            },
            nTrials: 40);
        Assert.Contains(study.Trials, t => t.Constraints.Values.All(c => c <= 0));
    }

    [Fact]
    public void Different_numbers_of_constraints_are_refused_naming_the_trial()
    {
        var study = NewStudy(6);
        var e = Assert.Throws<InvalidOperationException>(() => study.Optimize(
            t =>
            {
                var x = t.SuggestFloat("x", 0, 1);
                if (t.Number != 4)
                    t.SetConstraint("c", x - 0.5);
                return x;
            },
            nTrials: 12));
        Assert.Contains("trial 4", e.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trials_that_run_at_once_keep_apart(bool constrained)
    {
        var study = NewStudy(7);
        double Run(Trial t)
        {
            var (x, y) = (t.SuggestFloat("x", 0, 1), t.SuggestFloat("y", 0, 1));
            if (constrained)
                t.SetConstraint("c", x - 0.8);
            return Math.Pow(x - 0.4, 2) + Math.Pow(y - 0.6, 2);
        }

        study.Optimize(Run, nTrials: 15);
        var running = Enumerable.Range(0, 6).Select(_ => study.Ask()).ToArray();
        var points = running.Select(t => (X: t.SuggestFloat("x", 0, 1), Y: t.SuggestFloat("y", 0, 1))).ToArray();
        for (var i = 0; i < points.Length; i++)
        for (var j = 0; j < i; j++)
            Assert.InRange(Math.Abs(points[i].X - points[j].X) + Math.Abs(points[i].Y - points[j].Y), 1e-3, 2);
    }

    [Fact]
    public void A_study_rebuilt_from_its_events_goes_on_the_same_way()
    {
        // Every trial draws from a generator of its own, so what was kept of earlier fits is all that could differ.
        static double[] Run(bool forget)
        {
            ISampler sampler = new GpSampler();
            var xs = new List<double>();
            var study = Study.Create(sampler: new Forgetful(() => sampler), pruner: new NopPruner(), seed: 3);
            study.Optimize(
                t =>
                {
                    if (forget)
                        sampler = new GpSampler();
                    var x = t.SuggestFloat("x", 0, 1);
                    xs.Add(x);
                    return Math.Sin(9 * x) + t.SuggestInt("n", 0, 5);
                },
                nTrials: 20);
            return [.. xs];
        }

        Assert.Equal(Run(false), Run(true));
    }

    [Fact]
    public void The_kernel_is_kept_with_the_trial_it_was_fitted_for()
    {
        var study = NewStudy(2);
        study.Optimize(t => t.SuggestFloat("x", 0, 1) + t.SuggestInt("n", 0, 3), nTrials: 12);
        Assert.Equal([10, 11], study.Trials.Where(t => t.SystemAttrs.Any(a => a.Key == "gp:kernel_params")).Select(t => t.Number));
    }

    [Fact]
    public void A_kept_kernel_of_another_space_or_shape_is_passed_over()
    {
        foreach (var odd in (string[])["[[0.0]]", "[[0,0,0,0]]", "{}", "null", "[]", "[[1e999, 0.0, 0.0]]"])
        {
            var study = NewStudy(2);
            study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 10);
            study.AddTrial(FrozenTrial.Create(
                parameters: new Dictionary<string, object?> { ["x"] = 0.5 },
                distributions: new Dictionary<string, Distribution> { ["x"] = new FloatDistribution(0, 1) },
                value: 0.5, systemAttrs: new Dictionary<string, object?> { ["gp:kernel_params"] = new Optuna.Json.JsonText(odd) }));
            study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 2);
            Assert.Equal(13, study.Trials.Length);
        }
    }

    [Fact]
    public void Infinite_values_are_warned_of_once()
    {
        var warnings = Warnings.During(() => NewStudy(2).Optimize(
            t => t.SuggestFloat("x", 0, 1) < 0.5 ? double.PositiveInfinity : 1, nTrials: 14));
        Assert.Single(warnings, w => w.Contains("infinite"));
    }

    [Fact]
    public void A_parameter_not_in_every_trial_is_drawn_at_random_with_a_warning_that_can_be_switched_off()
    {
        List<string> Warned(bool warn) => Warnings.During(() => NewStudy(new GpOptions { WarnIndependentSampling = warn, StartupTrials = 3 }).Optimize(
            t => t.SuggestFloat("x", 0, 1) + (t.Number < 5 ? 0 : t.SuggestFloat("late", 0, 1)), nTrials: 7));
        Assert.Equal(2, Warned(true).Count(w => w.Contains("'late'")));
        Assert.Empty(Warned(false));
    }

    [Fact]
    public void Any_space_and_any_history_is_lived_with() =>
        Gen.Select(s_anyDistribution.Array[1, 4], Gen.UInt, Gen.Int[0, 4]).Sample((distributions, seed, kind) =>
        {
            var study = NewStudy(seed);
            study.Optimize(
                t =>
                {
                    for (var i = 0; i < distributions.Length; i++)
                        t.Suggest($"p{i}", distributions[i]);
                    return kind switch
                    {
                        0 => 1,
                        1 => t.Number % 3 == 0 ? double.PositiveInfinity : t.Number,
                        2 => Math.Pow(10, 30 * (t.Number % 20)) * (t.Number % 2 == 0 ? 1 : -1),
                        3 => 1e-300 * t.Number,
                        _ => t.Number % 4 == 1 ? double.NaN : -t.Number,
                    };
                },
                nTrials: 20);
            Assert.All(study.Trials.SelectMany(t => t.ParamList), p => Assert.True(p.Distribution.Contains(p.Value)));
        }, iter: 25, threads: 1);

    [Fact]
    public void Equal_points_with_unequal_values_are_lived_with()
    {
        var study = NewStudy(new GpOptions { DeterministicObjective = true });
        for (var i = 0; i < 30; i++)
            study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.25, ["c"] = "p" });
        study.Optimize(t => t.SuggestFloat("x", 0, 1) + (t.SuggestCategorical("c", "p", "q") == "p" ? 0 : 1) + (t.Number % 7), nTrials: 40);
        Assert.Equal(40, study.Trials.Length);
    }

    [Theory]
    [InlineData("""{"n_startup_trials": -1}""", "n_startup_trials")]
    [InlineData("""{"deterministic_objective": 3}""", "deterministic_objective")]
    [InlineData("""{"n_candidates": 3}""", "n_candidates")]
    public void A_wrong_option_is_refused_by_name(string options, string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("gp", options))).Message);

    private static Study NewStudy(ulong seed, StudyDirection direction = StudyDirection.Minimize) =>
        Study.Create(directions: [direction], sampler: new GpSampler(), pruner: new NopPruner(), seed: seed);

    private static Study NewStudy(GpOptions options) => Study.Create(sampler: new GpSampler(options), pruner: new NopPruner(), seed: 4);

    private sealed class Forgetful(Func<ISampler> current) : IRelativeSampler
    {
        public double SampleIndependent(SamplingContext context, string name, Distribution distribution) =>
            current().SampleIndependent(context, name, distribution);

        public Optuna.SearchSpaces.SearchSpace InferRelativeSpace(SamplingContext context) => ((IRelativeSampler)current()).InferRelativeSpace(context);

        public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, Optuna.SearchSpaces.SearchSpace space) =>
            ((IRelativeSampler)current()).SampleRelative(context, space);
    }
}
