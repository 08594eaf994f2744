using Optuna.Bench.Quality.Problems;

namespace Optuna.Tests.Quality;

public sealed class FunctionsTests
{
    public static TheoryData<string> Names => [.. RecordedFunctions.Names];

    [Fact]
    public void Every_recorded_function_with_one_objective_is_there() =>
        Assert.Equal(RecordedFunctions.Names.Order(), Functions.All.Select(p => p.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_has_the_recorded_values(string name)
    {
        foreach (var (parameters, value) in RecordedFunctions.Points(name))
        {
            var ours = Functions.All.Single(p => p.Name == name).Evaluate(Trial.Fixed(parameters));
            Assert.Equal(value, Assert.Single(ours), Math.Abs(value) * 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_asks_for_the_recorded_space(string name)
    {
        var trial = Trial.Fixed(RecordedFunctions.Points(name).First().Params);
        Functions.All.Single(p => p.Name == name).Evaluate(trial);
        if (RecordedFunctions.Space(name) is { } space)
            Assert.Equal(space, trial.Distributions);
        else
            Assert.Equal(RecordedFunctions.Points(name).First().Params.Keys, trial.Params.Keys);
    }
}
