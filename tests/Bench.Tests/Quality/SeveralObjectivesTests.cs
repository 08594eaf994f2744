using Optuna.Bench.Quality.Problems;

namespace Optuna.Tests.Quality;

public sealed class SeveralObjectivesTests
{
    public static TheoryData<string> Recorded => [.. RecordedFunctions.NamesOfSeveral];

    public static TheoryData<string> All => [.. SeveralObjectives.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_function_has_the_recorded_values_constraints_space_and_reference(string name)
    {
        var problem = SeveralObjectives.All.Single(p => p.Name == name);
        foreach (var (parameters, values, constraints) in RecordedFunctions.PointsOfSeveral(name))
        {
            var trial = Trial.Fixed(parameters);
            var ours = problem.Evaluate(trial);
            Assert.All(values.Zip(ours), p => Assert.Equal(p.First, p.Second, 1e-12 * Math.Max(1, Math.Abs(p.First))));
            Assert.All(constraints.Zip(trial.Constraints.Values), p => Assert.Equal(p.First, p.Second, 1e-12 * Math.Max(1, Math.Abs(p.First))));
            Assert.Equal((values.Length, constraints.Length), (ours.Length, trial.Constraints.Count));
            Assert.Equal(RecordedFunctions.Space(name), trial.Distributions);
        }

        Assert.Equal(RecordedFunctions.ReferencePoint(name), Assert.IsType<DominatedHypervolume>(problem.Metric).Reference);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Where_all_that_is_not_the_shape_is_optimal_the_front_is_reached(string name)
    {
        // ZDT: rest 0. DTLZ1 and 2: rest 1/2; DTLZ7: rest 0. Then the losses lie where the authors say.
        var problem = SeveralObjectives.All.Single(p => p.Name == name);
        var at = Enumerable.Range(0, 12).ToDictionary(i => $"x{i}", i => (object?)(i == 0 || (i == 1 && name.Contains("3obj")) ? 0.25 : name.StartsWith("dtlz7") || name.StartsWith("zdt") ? 0.0 : 0.5));
        if (name == "binh-korn")
            at = new() { ["x"] = 0.0, ["y"] = 0.0 };
        var f = problem.Evaluate(Trial.Fixed(at));
        switch (name[..4])
        {
            case "zdt1" or "zdt4": Assert.Equal(1 - Math.Sqrt(f[0]), f[1], 1e-12); break;
            case "zdt2" or "zdt6": Assert.Equal(1 - (f[0] * f[0]), f[1], 1e-12); break;
            case "zdt3": Assert.Equal(1 - Math.Sqrt(f[0]) - (f[0] * Math.Sin(10 * Math.PI * f[0])), f[1], 1e-12); break;
            case "dtlz" when name.StartsWith("dtlz1"): Assert.Equal(0.5, f.Sum(), 1e-12); break;
            case "dtlz" when name.StartsWith("dtlz7"): Assert.Equal(2 * (3 - (2 * (0.25 / 2 * (1 + Math.Sin(0.75 * Math.PI))))), f[2], 1e-12); break;
            case "binh": Assert.Equal([0.0, 50.0], f); break;
            default: Assert.Equal(1, f.Sum(v => v * v), 1e-12); break;
        }
    }

    [Fact]
    public void Infeasible_trials_and_those_beyond_the_reference_do_not_count()
    {
        var metric = new DominatedHypervolume([2, 2]);
        Assert.Null(metric.Of([new Outcome([0, 0], false)]));
        Assert.Equal(0, metric.Of([new Outcome([3, 0], true)]));
        Assert.Equal(1.0, metric.Of([new Outcome([1, 1], true), new Outcome([0, 0], false), new Outcome([0, 2.5], true)]));
    }
}
