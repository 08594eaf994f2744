using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class CopyTests
{
    [Fact]
    public void A_copy_has_the_directions_attributes_and_trials_and_a_life_of_its_own()
    {
        var study = Study.Create(direction: StudyDirection.Maximize, sampler: new RandomSampler(), seed: 1);
        study.SetUserAttr("who", "me");
        study.SetMetricNames(["score"]);
        study.Optimize(t => t.SuggestFloat("x", 0, 1), 3);
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.5 });

        var copy = study.Copy("other");
        Assert.Equal("other", copy.Name);
        Assert.Equal(StudyDirection.Maximize, copy.Direction);
        Assert.Equal(study.UserAttrs, copy.UserAttrs);
        Assert.Equal(["score"], copy.MetricNames.AsEnumerable());
        Assert.Equal(study.Trials.Select(Described), copy.Trials.Select(Described));

        copy.Optimize(t => t.SuggestFloat("x", 0, 1), 1);
        Assert.Equal(0.5, copy.Trials[3].Value);
        Assert.Equal(TrialState.Waiting, study.Trials[3].State);
    }

    private static string Described(FrozenTrial t) =>
        $"{t.Number} {t.State} {string.Join(' ', t.Values)} {string.Join(' ', t.Params)} {string.Join(' ', t.SystemAttrs)} {t.DatetimeStart:O} {t.DatetimeComplete:O}";
}
