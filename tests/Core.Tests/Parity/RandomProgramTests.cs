using Xunit;

namespace Optuna.Tests.Parity;

public sealed class RandomProgramTests
{
    public static TheoryData<int, string> Programs
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var i = 0; i < RandomProgram.All.Count; i++)
                data.Add(i, RandomProgram.All[i].Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_trial_of_a_random_program_is_Optunas(int index, string name)
    {
        var program = RandomProgram.All[index];

        var trials = program.Run().Trials;

        Assert.Equal(program.Expected.Count, trials.Length);
        foreach (var trial in trials)
        {
            var expected = program.Expected[trial.Number];
            Assert.Equal($"{name}, trial {trial.Number}: {expected[0].GetString()}{expected[1].GetInt32()}",
                $"{name}, trial {trial.Number}: {trial.State.ToString().ToUpperInvariant()[0]}{trial.IntermediateValues.Count}");
            Assert.Equal(expected[2].GetArrayLength(), trial.Params.Count);
            foreach (var ((parameter, ours), theirs) in trial.Params.Zip(expected[2].EnumerateArray().Select(RandomProgram.External)))
                Assert.True(IsSame(theirs, ours), $"{name}, trial {trial.Number} has {parameter} = {ours}; Optuna's is {theirs}.");
        }
    }

    private static bool IsSame(object? theirs, object? ours) => theirs is long or double && ours is long or double or int
        ? Math.Abs(Convert.ToDouble(theirs) - Convert.ToDouble(ours)) <= 1e-9 * Math.Max(1, Math.Abs(Convert.ToDouble(theirs)))
        : Equals(theirs, ours);
}
