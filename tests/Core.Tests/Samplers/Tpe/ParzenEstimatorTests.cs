using CsCheck;
using Optuna.Numerics;
using Optuna.Samplers.Tpe;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Samplers.Tpe;

public sealed class ParzenEstimatorTests
{
    public static TheoryData<string> Names => [.. OptunaEstimates.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Candidates_and_their_densities_are_Optunas(string name)
    {
        var expected = OptunaEstimates.All.Single(c => c.Name == name);
        var estimator = Fitted(expected.Parameters, expected.Observations, OptionsOf(name));
        var candidates = new Candidates(expected.Parameters, 6);
        var densities = new double[6];

        estimator.Sample(new RandomState(3), candidates);
        estimator.LogDensity(candidates, densities);

        for (var j = 0; j < expected.Parameters.Length; j++)
            for (var c = 0; c < 6; c++)
                Near.Relative(expected.Samples[j][c], candidates.Values(j)[c], 1e-11);
        for (var c = 0; c < 6; c++)
            Near.Relative(expected.LogDensities[c], densities[c], 1e-10, floor: 1);
    }

    [Fact]
    public void Densities_agree_with_the_definition_for_any_space_and_history() =>
        Spaces.Any.Sample(history =>
        {
            var estimator = Fitted(history.Parameters, history.Observations, history.Options);
            var candidates = new Candidates(history.Parameters, history.Points[0].Length);
            for (var j = 0; j < history.Parameters.Length; j++)
                candidates.Set(j, history.Points[j]);
            var actual = new double[candidates.Count];

            estimator.LogDensity(candidates, actual);

            var expected = ScalarParzen.LogDensities(history);
            for (var c = 0; c < actual.Length; c++)
                Near.Relative(expected[c], actual[c], 1e-12, floor: 1);
        }, iter: 120);

    [Fact]
    public void Whatever_is_drawn_lies_in_range_and_on_the_grid() =>
        Spaces.Any.Sample(history =>
        {
            var candidates = new Candidates(history.Parameters, 24);
            Fitted(history.Parameters, history.Observations, history.Options).Sample(new RandomState(1), candidates);

            for (var j = 0; j < history.Parameters.Length; j++)
                foreach (var value in candidates.Values(j))
                {
                    var parameter = history.Parameters[j];
                    Assert.InRange(value, parameter.Low, parameter.High);
                    if (parameter.Step > 0)
                        Assert.Equal(Math.Round((value - parameter.Low) / parameter.Step), (value - parameter.Low) / parameter.Step, 1e-6);
                }
        }, iter: 100);

    [Fact]
    public void An_instance_fitted_again_remembers_nothing_of_the_fit_before()
    {
        var all = OptunaEstimates.All.Single(c => c.Name == "all_kinds");
        var fewer = Array.ConvertAll(all.Observations, column => column[..13]);
        var candidates = new Candidates(all.Parameters, 5);
        var (fresh, again) = (new double[5], new double[5]);

        var estimator = Fitted(all.Parameters, fewer);
        estimator.Sample(new RandomState(8), candidates);
        estimator.LogDensity(candidates, fresh);
        estimator = Fitted(all.Parameters, all.Observations);
        estimator.LogDensity(candidates, again);
        Fit(estimator, fewer);
        estimator.LogDensity(candidates, again);

        Assert.Equal(fresh, again);
    }

    [Fact]
    public void No_memory_is_taken_once_the_buffers_are_there()
    {
        var all = OptunaEstimates.All.Single(c => c.Name == "all_kinds");
        var estimator = Fitted(all.Parameters, all.Observations);
        var candidates = new Candidates(all.Parameters, 24);
        var densities = new double[24];
        var random = new RandomState(8);
        void Ask()
        {
            Fit(estimator, all.Observations);
            estimator.Sample(random, candidates);
            estimator.LogDensity(candidates, densities);
        }
        for (var i = 0; i < 20; i++)
            Ask();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            Ask();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_column_of_the_wrong_length_is_refused()
    {
        var estimator = new ParzenEstimator([TpeParameter.Continuous(0, 1)]);
        estimator.Begin(3);
        Assert.Contains("Parameter 0", Assert.Throws<ArgumentException>(() => estimator.Observe(0, [.5])).Message);
    }

    [Fact]
    public void Nothing_has_density_outside_the_range()
    {
        TpeParameter[] space = [TpeParameter.Continuous(0, 1)];
        var estimator = Fitted(space, [[.2, .7]]);
        var candidates = new Candidates(space, 3);
        candidates.Set(0, [-1e-9, .5, 1.0000001]);
        var densities = new double[3];

        estimator.LogDensity(candidates, densities);

        Assert.Equal(double.NegativeInfinity, densities[0]);
        Assert.True(double.IsFinite(densities[1]));
        Assert.Equal(double.NegativeInfinity, densities[2]);
    }

    private static ParzenOptions OptionsOf(string name) => name switch
    {
        "endpoints_and_no_clip" => new() { Endpoints = true, MagicClip = false },
        "prior_weight_and_own_weights" => new()
        {
            PriorWeight = 2.5, Weights = n => [.. Enumerable.Range(1, n).Select(i => (double)i * i)],
        },
        _ => ParzenOptions.Default,
    };

    private static ParzenEstimator Fitted(TpeParameter[] space, double[][] observations, ParzenOptions? options = null)
    {
        var estimator = new ParzenEstimator(space, options);
        Fit(estimator, observations);
        return estimator;
    }

    private static void Fit(ParzenEstimator estimator, double[][] observations)
    {
        estimator.Begin(observations[0].Length);
        for (var j = 0; j < observations.Length; j++)
            estimator.Observe(j, observations[j]);
    }
}
