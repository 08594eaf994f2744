using Optuna.Distributions;
using Optuna.Json;
using Optuna.Numerics;
using Optuna.Samplers;
using Optuna.Samplers.BruteForce;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.BruteForce;

public sealed class BruteForceSamplerTests
{
    public static TheoryData<int, string> Recorded =>
        [.. RecordedOrder.Of("brute_force").Select((r, i) => (i, $"{r.Case.GetProperty("problem")} {r.Case.GetProperty("seed")}"))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Trials_one_after_the_other_are_Optunas(int index, string what)
    {
        var recorded = RecordedOrder.Of("brute_force")[index];
        Func<Trial, double> objective = what.Split(' ')[0] switch { "cond" => Conditional, "grid" => Product, _ => Deep };
        var study = Study.Create(sampler: new BruteForceSampler(), seed: ulong.Parse(what.Split(' ')[1]));
        study.Optimize(objective);
        Assert.Equal(recorded.Points, study.Trials.Select(t => PythonJson.Write(t.ParamList.Select(p => p.External).ToList())));
    }

    [Fact]
    public void Trials_added_by_hand_are_not_repeated()
    {
        var study = Study.Create(sampler: new BruteForceSampler(), seed: 1);
        study.AddTrial(FrozenTrial.Create(
            value: 0, parameters: new Dictionary<string, object?> { ["a"] = 0, ["b"] = -1.0 },
            distributions: new Dictionary<string, Distribution> { ["a"] = new IntDistribution(0, 2), ["b"] = new FloatDistribution(-1, 1, step: 0.5) }));
        study.Optimize(Conditional);
        Assert.Equal(9, study.Trials.Length);
        Assert.Equal(9, study.Trials.Select(t => string.Join(",", t.ParamList.Select(p => p.Value))).Distinct().Count());
    }

    [Fact]
    public void A_float_without_a_step_is_refused() => Assert.Contains(
        "'step'", Assert.Throws<ArgumentException>(() => New().Optimize(t => t.SuggestFloat("a", 0, 2))).Message);

    [Fact]
    public void A_range_that_changes_is_refused() => Assert.Contains(
        "'x'", Assert.Throws<ArgumentException>(() => New().Optimize(t => t.SuggestInt("x", -1, t.Number), nTrials: 10)).Message);

    [Fact]
    public void Another_parameter_at_the_same_place_is_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => New().Optimize(t => t.SuggestInt(t.Number == 0 ? "x" : "y", 0, 3))).Message;
        Assert.Contains("'x'", message);
        Assert.Contains("'y'", message);
    }

    [Fact]
    public void A_parameter_where_there_was_none_is_refused() => Assert.Throws<ArgumentException>(() =>
    {
        var study = New();
        study.AddTrial(FrozenTrial.Create(
            value: 0, parameters: new Dictionary<string, object?> { ["x"] = 0 }, distributions: new Dictionary<string, Distribution> { ["x"] = new IntDistribution(0, 1) }));
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0 });
        study.Optimize(t => t.SuggestInt("x", 0, 1) + t.SuggestInt("y", 0, 1), nTrials: 10);
    });

    [Fact]
    public void A_trial_that_broke_off_says_nothing_of_what_would_have_followed()
    {
        var study = New();
        var broken = new HashSet<long>();
        study.Optimize(
            (Func<Trial, double>)(t => broken.Add(t.SuggestInt("x", 0L, 3)) ? throw new FormatException() : t.SuggestInt("y", 0, 3)),
            nTrials: 3, @catch: [typeof(FormatException)]);
        // As in Optuna a failed point is not tried again, but it is no obstacle to a queued one.
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = (long)study.Trials[0].Params["x"]! });
        study.Optimize(t => t.SuggestInt("x", 0L, 3) + t.SuggestInt("y", 0, 3));
        Assert.Equal(4, study.Trials.Select(t => t.Params["x"]).Distinct().Count());
        Assert.Equal(8, study.GetTrials(TrialState.Complete).Length);
    }

    [Fact]
    public void A_space_without_parameters_is_one_point()
    {
        var study = New();
        study.Optimize(_ => 1);
        Assert.Single(study.Trials);
    }

    [Fact]
    public void Parameters_of_one_value_are_no_obstacle()
    {
        var study = New();
        study.Optimize(t => t.SuggestFloat("one", 1, 1) + t.SuggestInt("x", 0, 3) + t.SuggestFloat("two", 2, 2, log: true));
        Assert.Equal(4, study.Trials.Length);
    }

    [Fact]
    public void A_queued_value_off_the_grid_is_lived_with()
    {
        var study = New();
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 77, ["y"] = 0 });
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 77 });
        study.Optimize(t => t.SuggestInt("x", 0, 1) + t.SuggestInt("y", 0, 1));
        Assert.Equal(6, study.Trials.Length);
        Assert.Equal(1L, study.Trials[1].Params["y"]);
    }

    [Fact]
    public void A_branch_that_is_exhausted_can_still_be_queued()
    {
        var study = New();
        foreach (var queued in new Dictionary<string, object?>[] { new() { ["x"] = 0, ["y"] = 0 }, new() { ["x"] = 0, ["y"] = 1 }, new() { ["x"] = 0 } })
            study.EnqueueTrial(queued);
        study.Optimize(t => t.SuggestInt("x", 0, 1) + t.SuggestInt("y", 0, 1));
        Assert.Equal(5, study.Trials.Length);
    }

    [Fact]
    public void Decimal_steps_meet_the_values_a_user_writes()
    {
        var study = New();
        study.Optimize(t => t.SuggestFloat("x", 0, 1, step: 0.1));
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], study.Trials.Select(t => t.Value!.Value).Order());
    }

    [Fact]
    public void Very_many_values_are_never_listed()
    {
        var study = New();
        study.Optimize(t => t.SuggestInt("n", 0L, 1L << 50) + t.SuggestInt("m", 0L, 1L << 50), nTrials: 50);
        Assert.Equal(50, study.Trials.Select(t => (t.Params["n"], t.Params["m"])).Distinct().Count());
    }

    [Fact]
    public void With_premature_stops_avoided_a_running_trial_keeps_its_branch_open()
    {
        foreach (var avoid in new[] { false, true })
        {
            var sampler = new BruteForceSampler(avoid);
            var study = Study.Create(sampler: sampler, seed: 1);
            var first = study.Ask();
            first.SuggestInt("x", 0, 1);
            var second = study.Ask();
            second.SuggestInt("x", 0, 1);
            study.Tell(first, 1);
            var seen = false;
            study.Optimize(
                t =>
                {
                    seen = true;
                    return t.SuggestInt("x", 0, 1);
                },
                nTrials: 1);
            Assert.Equal(avoid, seen);
        }
    }

    [Fact]
    public void What_is_open_is_counted_as_trials_come_and_go()
    {
        PathStep Step(string name, Distribution distribution, double value)
        {
            var candidates = Candidates.Of(name, distribution);
            return new PathStep(name, candidates, candidates.IndexOf(distribution, value), value);
        }

        var (a, b, c) = (new IntDistribution(0, 2), new FloatDistribution(0, 1, step: 1), new IntDistribution(0, 1));
        var tree = Node.Unexpanded
            .With([Step("a", a, 0), Step("b", b, 0)], PathEnd.Complete)
            .With([Step("a", a, 0), Step("b", b, 1)], PathEnd.Complete)
            .With([Step("a", a, 1), Step("b", b, 0), Step("c", c, 0)], PathEnd.Complete);
        // {1, 0, 1}, {1, 1} and {2}.
        Assert.Equal(3, tree.Open);
        Assert.Equal(3, tree.With([Step("a", a, 1), Step("b", b, 0), Step("c", c, 0)], PathEnd.Complete).Open);
        Assert.Equal(2, tree.With([Step("a", a, 2)], PathEnd.Running).Open);
        Assert.Equal(2, tree.With([], PathEnd.Running).Open);
        Assert.Equal(3, tree.With([Step("a", a, 2)], PathEnd.RunningOn).Open);
        Assert.Equal(3, tree.With([Step("a", a, 1)], PathEnd.BrokenOff).Open);
        Assert.Equal(2, tree.With([Step("a", a, 2)], PathEnd.BrokenOff).Open);
        Assert.Equal(0, tree.Below(Step("a", a, 0)).Open);
        Assert.Throws<ArgumentException>(() => tree.With([Step("a", new IntDistribution(0, 1), 0)], PathEnd.Complete));
        Assert.Throws<ArgumentException>(() => tree.With([Step("b", b, 0)], PathEnd.Complete));
        Assert.Throws<ArgumentException>(() => tree.With([Step("a", a, 1)], PathEnd.Complete));
        Assert.Throws<ArgumentException>(() => tree.With([Step("a", a, 0), Step("b", b, 0), Step("c", c, 0)], PathEnd.Complete));
    }

    [Fact]
    public void Branches_are_drawn_half_by_what_is_open_in_them()
    {
        var (x, y) = (new IntDistribution(0, 1), new IntDistribution(0, 8));
        PathStep[] path =
        [
            new("x", Candidates.Of("x", x), 1, 1),
            new("y", Candidates.Of("y", y), 0, 0),
        ];
        // One point open below 0, eight below 1: 0 gets ½·(1/9) + ½·½.
        var tree = Node.Unexpanded.With(path, PathEnd.Complete);
        var random = new RandomState(1);
        var zeros = Enumerable.Range(0, 20_000).Count(_ => tree.Draw(random) == 0);
        Assert.InRange(zeros / 20_000.0, 0.3056 - 0.015, 0.3056 + 0.015);
    }

    [Fact]
    public void The_catalogue_makes_it()
    {
        Assert.IsType<BruteForceSampler>(SamplerCatalog.Create(new ComponentSpec("brute_force", """{"avoid_premature_stop": true}""")));
        Assert.Contains("'avoid_premature_stop'", Assert.Throws<ArgumentException>(
            () => SamplerCatalog.Create(new ComponentSpec("brute_force", """{"avoid_premature_stop": 3}"""))).Message);
    }

    private static Study New() => Study.Create(sampler: new BruteForceSampler(), seed: 1);

    private static double Conditional(Trial t) => t.SuggestInt("a", 0, 2) switch
    {
        0 => t.SuggestFloat("b", -1, 1, step: 0.5),
        1 => t.SuggestCategorical("c", "x", "y", null) == "x" ? 1 : 2,
        _ => 4,
    };

    private static double Product(Trial t) => t.SuggestInt("x", 0, 20, step: 5) + t.SuggestFloat("y", 0, 1, step: 0.1) + t.SuggestInt("z", 1, 4, log: true);

    private static double Deep(Trial t) => Enumerable.Range(0, t.SuggestInt("n", 1, 4)).Sum(i => t.SuggestCategorical($"c{i}", 0, 1));
}
