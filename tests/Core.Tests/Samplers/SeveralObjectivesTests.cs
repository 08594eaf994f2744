using CsCheck;
using Optuna.Distributions;
using Optuna.MultiObjective;
using Optuna.Numerics;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers;

/// <summary>What every sampler for several objectives keeps, whatever its method.</summary>
public sealed class SeveralObjectivesTests
{
    private static readonly ComponentSpec[] Specs =
    [
        new("random"), new("tpe"), new("tpe", """{"multivariate": true}"""), new("tpe", """{"group": true, "n_startup_trials": 0}"""), new("qmc"),
        new("nsgaii", """{"population_size": 4}"""), new("nsgaii", """{"population_size": 5, "crossover": "spx", "mutation": "polynomial"}"""),
        new("nsgaiii", """{"population_size": 4}"""), new("gp", """{"n_startup_trials": 2}"""), new("auto", """{"n_gp_trials": 8}"""),
    ];

    public static TheoryData<string, string> Samplers => [.. Specs.Select(s => (s.Name, s.Options))];

    /// <summary>And those that learn from results.</summary>
    public static TheoryData<string> Learners => ["tpe", "nsgaii", "nsgaiii", "gp", "auto"];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Any_history_is_drawn_from(string name, string options) => Gen.Select(Gen.UInt, Gen.Int[2, 4]).Sample(
        (seed, objectives) =>
        {
            var random = new RandomState(seed);
            var study = Study.Create(
                directions: [.. Enumerable.Range(0, objectives).Select(_ => random.NextDouble() < 0.5 ? StudyDirection.Minimize : StudyDirection.Maximize)],
                sampler: SamplerCatalog.Create(new ComponentSpec(name, options), objectives), pruner: new NopPruner(), seed: seed);
            var constrained = random.NextDouble() < 0.4;
            var odd = random.NextDouble() < 0.5;
            study.Optimize(
                t =>
                {
                    var x = t.SuggestFloat("x", 1e-3, 1, log: true);
                    var n = t.SuggestInt("n", 0, 9);
                    var c = t.SuggestCategorical("c", "a", "b");
                    if (random.NextDouble() < 0.1)
                        t.SuggestFloat("only some", -1, 1);
                    if (constrained)
                        t.SetConstraint("c0", random.NextDouble() - 0.5);
                    return (random.NextDouble() < 0.1, random.NextDouble() < 0.1) switch
                    {
                        (true, _) => throw new TrialPrunedException(),
                        (_, true) => [double.NaN, .. new double[objectives - 1]],
                        _ => [.. Enumerable.Range(0, objectives).Select(k => odd ? Odd(random) : k % 2 == 0 ? x : n + (c == "a" ? 0 : 1))],
                    };
                },
                nTrials: 1 + (int)(random.NextDouble() * 30));
            foreach (var p in study.Trials.SelectMany(t => t.ParamList))
                Assert.True(p.Distribution.Contains(p.Value), $"{p.Name}: {p.Value:R} in {p.Distribution}");
        },
        iter: name is "gp" or "auto" ? 8 : 30);

    [Theory]
    [MemberData(nameof(Samplers))]
    public void The_same_seed_gives_the_same_values_and_another_gives_others(string name, string options)
    {
        string Sequence(ulong seed)
        {
            var study = New(name, options, seed);
            study.Optimize(Opposed, nTrials: 25);
            return string.Join(";", study.Trials.Select(t => string.Join(",", t.ParamList.Select(p => p.Value.ToString("R")))));
        }

        Assert.Equal(Sequence(7), Sequence(7));
        if (name != "qmc")
            Assert.NotEqual(Sequence(7), Sequence(8));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Trials_may_run_side_by_side(string name, string options)
    {
        var study = New(name, options, 3);
        study.Optimize(Opposed, nTrials: 30, nJobs: 4);
        Assert.Equal(30, study.GetTrials(TrialState.Complete).Length);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void More_is_dominated_than_at_random(string name)
    {
        double Volume(ComponentSpec spec)
        {
            var sum = 0.0;
            for (ulong seed = 0; seed < 3; seed++)
            {
                var study = New(spec.Name, spec.Options, seed);
                study.Optimize(Zdt1, nTrials: name is "gp" or "auto" ? 40 : 300);
                var points = study.Trials.Select(t => t.Values).Where(v => v[0] <= 1.1 && v[1] <= 6);
                sum += Hypervolume.Of(points.Select(v => (IReadOnlyList<double>)[.. v]), [1.1, 6]);
            }

            return sum;
        }

        // Seeded, so that it is always the same.
        var options = name.StartsWith("nsga", StringComparison.Ordinal) ? """{"population_size": 20}""" : "{}";
        Assert.True(Volume(new(name, options)) > Volume(new("random")) + 0.3);
    }

    [Fact]
    public void One_constraint_is_met_in_the_end_where_chance_meets_it_seldom()
    {
        foreach (var name in new[] { "tpe", "nsgaii", "gp" })
        {
            var study = New(name, name == "nsgaii" ? """{"population_size": 10}""" : "{}", 2);
            study.Optimize(
                t =>
                {
                    var values = Opposed(t);
                    t.SetConstraint("c", (double)t.SuggestFloat("z", 0, 1) - 0.15);
                    return values;
                },
                nTrials: name == "gp" ? 30 : 150);
            var last = study.Trials[^15..];
            Assert.True(last.Count(t => (double)t.Params["z"]! <= 0.15) >= 7, $"{name}: {last.Count(t => (double)t.Params["z"]! <= 0.15)} of the last 15");
        }
    }

    private static Study New(string name, string options, ulong seed) => Study.Create(
        directions: [StudyDirection.Minimize, StudyDirection.Minimize], sampler: SamplerCatalog.Create(new ComponentSpec(name, options), 2),
        pruner: new NopPruner(), seed: seed);

    private static double[] Opposed(Trial t)
    {
        var x = t.SuggestFloat("x", 0, 1);
        return [x + t.SuggestInt("n", 0, 5), 1 - x + (t.SuggestCategorical("c", "a", "b") == "a" ? 0 : 1)];
    }

    private static double[] Zdt1(Trial t)
    {
        var x = Enumerable.Range(0, 5).Select(i => t.SuggestFloat($"x{i}", 0, 1)).ToArray();
        var g = 1 + (9 * x[1..].Average());
        return [x[0], g * (1 - Math.Sqrt(x[0] / g))];
    }

    private static double Odd(RandomState random) => (int)(random.NextDouble() * 8) switch
    {
        0 => double.PositiveInfinity,
        1 => double.NegativeInfinity,
        2 => 1e308,
        3 => 0,
        _ => Math.Round(4 * random.NextDouble()),
    };
}
