using Optuna.Samplers;
using Xunit;

namespace Optuna.Tests.Studies;

/// <summary>What was suggested before is only used again for the very same question.</summary>
public sealed class KnownDistributionsTests
{
    [Fact]
    public void A_name_whose_distribution_changes_from_trial_to_trial_gets_the_one_that_is_asked_for()
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: 1);
        study.Optimize(t => t.SuggestFloat("x", t.Number, t.Number + 0.5) + t.SuggestInt("n", 0, t.Number), nTrials: 20);
        Assert.All(study.Trials, t => Assert.InRange((double)t.Params["x"]!, t.Number, t.Number + 0.5));
        Assert.All(study.Trials, t => Assert.InRange((long)t.Params["n"]!, 0, t.Number));
    }

    [Fact]
    public void A_list_of_choices_that_is_changed_after_a_trial_is_refused_as_other_choices()
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: 1);
        var choices = new[] { "a", "b" };
        study.Optimize(t => t.SuggestCategorical("c", choices).Length, nTrials: 3);
        choices[1] = "z";
        Assert.Throws<ArgumentException>(() => study.Optimize(t => t.SuggestCategorical("c", choices).Length, nTrials: 1));
    }
}
