using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

/// <summary>What must hold of a study whose budget is spent.</summary>
internal static class Budget
{
    public static async Task<ImmutableArray<FrozenTrial>> AssertSpentAsync(Study study, int trials)
    {
        var all = await study.GetTrialsAsync();
        Assert.Equal(Enumerable.Range(0, trials), all.Select(t => t.Number));
        Assert.All(all, t => Assert.True(t.State.IsFinished(), $"Trial {t.Number} is {t.State}."));
        return all;
    }

    /// <summary>How many trials a worker says it has evaluated, from its last line.</summary>
    public static int Evaluated(IEnumerable<string> lines) => int.Parse(
        lines.Single(l => l.StartsWith("evaluated ", StringComparison.Ordinal)).Split(' ')[1],
        System.Globalization.CultureInfo.InvariantCulture);
}
