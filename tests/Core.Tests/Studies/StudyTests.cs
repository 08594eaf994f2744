using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class StudyTests
{
    private static Study NewStudy() => Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: 1);

    [Fact]
    public void A_study_minimises_by_default_and_has_a_name()
    {
        var study = NewStudy();
        Assert.Equal(StudyDirection.Minimize, study.Direction);
        Assert.StartsWith("no-name-", study.Name);
    }

    [Fact]
    public void Directions_are_given_one_way_and_are_at_least_one()
    {
        Assert.Throws<ArgumentException>(() => Study.Create(direction: StudyDirection.Minimize, directions: [StudyDirection.Minimize], sampler: new RandomSampler()));
        Assert.Throws<ArgumentException>(() => Study.Create(directions: [], sampler: new RandomSampler()));
        Assert.Throws<ArgumentException>(() => Study.Create(directions: [0], sampler: new RandomSampler()));
        Assert.Throws<InvalidOperationException>(() => Study.Create(directions: [StudyDirection.Minimize, StudyDirection.Maximize], sampler: new RandomSampler()).Direction);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public void A_name_that_cannot_be_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Study.Create(name, sampler: new RandomSampler()));

    [Fact]
    public void Ask_suggests_fixed_distributions_and_tell_ends_the_trial()
    {
        var study = NewStudy();
        var trial = study.Ask([KeyValuePair.Create<string, Distribution>("b", new IntDistribution(1, 9)), KeyValuePair.Create<string, Distribution>("a", new FloatDistribution(0, 1))]);
        Assert.Equal(["b", "a"], trial.Params.Keys);
        var told = study.Tell(trial, 4.5);
        Assert.Equal((TrialState.Complete, 4.5), (told.State, told.Value));
        Assert.Equal(["b", "a"], told.Params.Keys);
    }

    [Fact]
    public void A_trial_is_told_by_number_too()
    {
        var study = NewStudy();
        study.Ask();
        Assert.Equal(2.0, study.Tell(0, [2.0]).Value);
        Assert.Throws<KeyNotFoundException>(() => study.Tell(1, [2.0]));
        Assert.Throws<TrialFinishedException>(() => study.Tell(0, [3.0]));
        Assert.Equal(2.0, study.Tell(0, [3.0], skipIfFinished: true).Value);
    }

    [Fact]
    public void A_trial_that_was_put_back_told_by_number_has_all_its_parameters()
    {
        var given = Given.AStudy(retries: 1);
        var first = given.Ask();
        given.Suggest(0, "x", Given.Unit, 0.5);
        given.Abandon(0, first.Lease);
        var study = new Study(new LocalStudy(given.State, new RandomSampler(), new NopPruner(), given.Clock), given.Summary);
        Assert.Equal(0.5, study.Ask().SuggestFloat("x", 0, 1));
        Assert.Equal(0.5, study.Tell(0, [1.0]).Params["x"]);
    }

    [Fact]
    public void Tell_without_a_state_and_NaN_fails_the_trial_and_warns()
    {
        var study = NewStudy();
        var trial = study.Ask();
        var warned = Warnings.During(() => Assert.Equal(TrialState.Fail, study.Tell(trial, double.NaN).State));
        Assert.Contains(warned, w => w.Contains("NaN"));
    }

    [Fact]
    public void Attributes_and_metric_names_are_kept()
    {
        var study = NewStudy();
        study.SetUserAttr("who", new[] { "a", "b" });
        study.SetMetricNames(["loss"]);
        Assert.Equal("""["a", "b"]""", study.UserAttrs["who"]);
        Assert.Equal(["loss"], study.MetricNames.AsEnumerable());
        Assert.Throws<ArgumentException>(() => study.SetUserAttr("bad", new object()));
        Assert.Throws<ArgumentException>(() => study.SetMetricNames(["a", "b"]));
    }

    [Fact]
    public void Queued_parameters_are_used_and_the_rest_is_sampled()
    {
        var study = NewStudy();
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.25 }, new Dictionary<string, object?> { ["why"] = "guess" });
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.25 }, skipIfExists: true);
        study.Optimize(t => t.SuggestFloat("x", 0, 1) + t.SuggestFloat("y", 0, 1), nTrials: 2);
        Assert.Equal(0.25, study.Trials[0].Params["x"]);
        Assert.Equal("\"guess\"", study.Trials[0].UserAttrs.Single().Value);
        Assert.NotEqual(0.25, study.Trials[1].Params["x"]);
    }

    [Fact]
    public void Trials_are_listed_by_state_and_over_many_pages()
    {
        var study = NewStudy();
        for (var n = 0; n < 2 * TrialReader.MaxPage + 5; n++)
            study.Tell(study.Ask(), n % 2 == 0 ? n : double.NaN);
        Assert.Equal(Enumerable.Range(0, 2005), study.Trials.Select(t => t.Number));
        Assert.Equal(Enumerable.Range(0, 1003).Select(n => 2 * n), study.GetTrials(TrialState.Complete).Select(t => t.Number));
        Assert.Empty(study.GetTrials(TrialState.Pruned));
    }

    [Fact]
    public void Added_trials_make_a_best_trial()
    {
        var study = NewStudy();
        Assert.Throws<InvalidOperationException>(() => study.BestTrial);
        study.AddTrials([FrozenTrial.Create(value: 2), FrozenTrial.Create(value: 1)]);
        Assert.Equal((1, 1.0), (study.BestTrial.Number, study.BestValue));
        Assert.Throws<ArgumentException>(() => study.AddTrial(FrozenTrial.Create(values: [1, 2])));
    }

    [Fact]
    public void The_same_seed_gives_the_same_trials_and_another_gives_others()
    {
        string[] Run(ulong seed)
        {
            var study = Study.Create(sampler: new RandomSampler(), pruner: new NopPruner(), seed: seed);
            study.Optimize(t => t.SuggestFloat("x", 0, 1) + t.SuggestCategorical("c", 1, 2, 3), nTrials: 20);
            return [.. study.Trials.Select(t => string.Join(",", t.ParamList))];
        }

        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
        Assert.Equal(Run(ulong.MaxValue), Run(ulong.MaxValue));
    }
}
