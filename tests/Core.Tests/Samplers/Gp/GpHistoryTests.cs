using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.Gp;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class GpHistoryTests
{
    private static readonly Dictionary<string, Distribution> s_space = new() { ["x"] = new FloatDistribution(0, 1), ["c"] = new CategoricalDistribution("p", "q") };

    [Fact]
    public void Complete_trials_are_rows_and_others_are_not()
    {
        var history = HistoryOf(
            Trial(0.25, "q", 3), Trial(0.5, "p", TrialState.Pruned), Trial(0.75, "p", 1), Trial(0.1, "p", TrialState.Fail));
        Assert.Equal([1, 0.25, 0, 0.75], history.Points);
        Assert.Equal([-3, -1], history.Values(0));
        Assert.Empty(history.Constraints());
    }

    [Fact]
    public void Constraints_come_by_name()
    {
        var history = HistoryOf(Trial(0.5, "p", 1, ("b", -1), ("a", 2)), Trial(0.6, "p", 1, ("a", 3), ("b", 0)));
        Assert.Equal([[2, 3], [-1, 0]], history.Constraints());
    }

    [Fact]
    public void Of_very_many_trials_the_best_and_the_newest_stand_for_all()
    {
        // The value rises with the number, but for every seventh.
        var history = HistoryOf([.. Enumerable.Range(0, 2000).Select(i => Trial(i / 2000.0, "p", i % 7 == 0 ? -i : i))]);
        Assert.Equal(GpHistory.MostTrials, history.Count);
        var chosen = history.Points.Where((_, i) => i % 2 == 1).Select(x => (int)Math.Round(x * 2000)).ToHashSet();
        Assert.Superset(Enumerable.Range(0, 2000).Where(i => i % 7 == 0).ToHashSet(), chosen);
        Assert.Superset(Enumerable.Range(1500, 500).ToHashSet(), chosen);
    }

    private static FrozenTrial Trial(double x, string c, double value, params (string Key, double Value)[] constraints) => FrozenTrial.Create(
        value: value, parameters: Params(x, c), distributions: s_space, constraints: constraints.ToDictionary(p => p.Key, p => p.Value));

    private static FrozenTrial Trial(double x, string c, TrialState state) => FrozenTrial.Create(state, parameters: Params(x, c), distributions: s_space);

    private static Dictionary<string, object?> Params(double x, string c) => new() { ["x"] = x, ["c"] = c };

    private static GpHistory HistoryOf(params FrozenTrial[] trials)
    {
        var looker = new Looker();
        var study = Study.Create(sampler: looker, pruner: new NopPruner(), seed: 1);
        foreach (var trial in trials)
            study.AddTrial(trial);
        study.Optimize(t => t.SuggestFloat("y", 0, 1), nTrials: 1);
        var view = looker.Seen!;
        return new GpHistory(view, new GpSpace(view.SpaceOfComplete));
    }

    private sealed class Looker : ISampler
    {
        internal StudyView? Seen { get; private set; }

        public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        {
            Seen = context.Study;
            return 0.5;
        }
    }
}
