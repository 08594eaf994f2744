using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Trials;

public sealed class TrialTests
{
    private static Study NewStudy(params StudyDirection[] directions) => Study.Create(
        directions: directions.Length == 0 ? null : directions, sampler: new RandomSampler(), pruner: new NopPruner(), seed: 1);

    [Fact]
    public void Suggested_values_lie_in_their_ranges_and_keep_the_order()
    {
        var trial = NewStudy().Ask();
        Assert.InRange(trial.SuggestFloat("f", 1, 2), 1, 2);
        Assert.Contains(trial.SuggestFloat("s", 0, 1, step: 0.25), new[] { 0, 0.25, 0.5, 0.75, 1 });
        Assert.InRange(trial.SuggestInt("i", 3, 5), 3, 5);
        Assert.InRange(trial.SuggestInt("l", 1L << 40, 1L << 41), 1L << 40, 1L << 41);
        Assert.Contains(trial.SuggestCategorical("c", "a", "b"), new[] { "a", "b" });
        Assert.Contains(trial.SuggestCategorical("e", DayOfWeek.Friday, DayOfWeek.Sunday), new[] { DayOfWeek.Friday, DayOfWeek.Sunday });
        Assert.Equal(["f", "s", "i", "l", "c", "e"], trial.Params.Keys);
        Assert.Equal(new FloatDistribution(1, 2), trial.Distributions["f"]);
    }

    [Fact]
    public void A_parameter_asked_for_twice_keeps_its_value_and_another_range_warns()
    {
        var trial = NewStudy().Ask();
        var x = trial.SuggestFloat("x", 0, 1);
        Assert.Empty(Warnings.During(() => Assert.Equal(x, trial.SuggestFloat("x", 0, 1))));
        Assert.Contains("Inconsistent", Assert.Single(Warnings.During(() => Assert.Equal(x, trial.SuggestFloat("x", 5, 6)))));
        Assert.Throws<ArgumentException>(() => trial.SuggestInt("x", 0, 1));
        Assert.Throws<ArgumentException>(() => trial.SuggestFloat("x", 0.5, 1, log: true));
    }

    [Fact]
    public void A_refused_parameter_is_not_the_trials()
    {
        var study = NewStudy();
        study.Ask().SuggestFloat("x", 0, 1);
        var trial = study.Ask();
        Assert.Throws<ArgumentException>(() => trial.SuggestInt("x", 0, 1));
        Assert.Throws<ArgumentException>(() => trial.SuggestFloat("y", 1, 0));
        Assert.Throws<ArgumentException>(() => trial.SuggestFloat("", 0, 1));
        Assert.Empty(trial.Params);
    }

    [Fact]
    public void A_step_reported_twice_keeps_its_first_value_and_warns()
    {
        var study = NewStudy();
        var trial = study.Ask();
        trial.Report(1, 3);
        Assert.Single(Warnings.During(() => trial.Report(2, 3)));
        Assert.Equal(1, study.Tell(trial, 0).IntermediateValues[3]);
        Assert.Throws<ArgumentException>(() => trial.Report(1, -1));
    }

    [Fact]
    public void Several_objectives_know_no_reports()
    {
        var trial = NewStudy(StudyDirection.Minimize, StudyDirection.Minimize).Ask();
        Assert.Throws<NotSupportedException>(() => trial.Report(1, 0));
        Assert.Throws<NotSupportedException>(() => trial.ShouldPrune());
    }

    [Fact]
    public void Without_a_report_nothing_is_pruned() => Assert.False(NewStudy().Ask().ShouldPrune());

    [Fact]
    public void A_constraint_counts_once_and_is_a_number()
    {
        var study = NewStudy();
        var trial = study.Ask();
        trial.SetConstraint("c", 0.5);
        Assert.Single(Warnings.During(() => trial.SetConstraint("c", -1)));
        Assert.Throws<ArgumentException>(() => trial.SetConstraint("d", double.NaN));
        var told = study.Tell(trial, 1);
        Assert.Equal([KeyValuePair.Create("c", 0.5)], told.Constraints);
        Assert.Equal([KeyValuePair.Create("constraints:c", "0.5")], told.SystemAttrs.AsEnumerable());
        Assert.Throws<InvalidOperationException>(() => study.BestTrial);
    }

    [Fact]
    public void User_attributes_are_JSON_texts()
    {
        var study = NewStudy();
        var trial = study.Ask();
        trial.SetUserAttr("k", 1.0);
        Assert.Equal("1.0", trial.UserAttrs["k"]);
        Assert.Equal("1.0", study.Tell(trial, 1).UserAttrs.Single().Value);
    }

    [Fact]
    public void A_joint_space_is_drawn_once_when_the_first_parameter_needs_it()
    {
        var sampler = new CountingJointSampler();
        var study = Study.Create(sampler: sampler, pruner: new NopPruner(), seed: 1);
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.5, ["y"] = 0.5 });
        double Objective(Trial t) => t.SuggestFloat("x", 0, 1) + t.SuggestFloat("y", 0, 1) + t.SuggestFloat("single", 3, 3);
        study.Optimize(Objective, nTrials: 1);
        Assert.Equal(0, sampler.Joint);
        study.Optimize(Objective, nTrials: 2);
        Assert.Equal(2, sampler.Joint);
        Assert.Equal(0, sampler.Alone);
        Assert.All(study.Trials.Skip(1), t => Assert.Equal(0.75, t.Params["x"]));
    }

    [Fact]
    public void A_drawn_value_outside_the_asked_range_is_drawn_alone()
    {
        var sampler = new CountingJointSampler();
        var study = Study.Create(sampler: sampler, pruner: new NopPruner(), seed: 1);
        study.AddTrial(FrozenTrial.Create(
            value: 1, parameters: new Dictionary<string, object?> { ["x"] = 0.5 }, distributions: new Dictionary<string, Distribution> { ["x"] = new FloatDistribution(0, 1) }));
        Assert.Equal(0.25, study.Ask().SuggestFloat("x", 0, 0.5));
        Assert.Equal((1, 1), (sampler.Joint, sampler.Alone));
    }

    [Fact]
    public void A_joint_draw_outside_its_space_fails_the_trial()
    {
        var study = Study.Create(sampler: new CountingJointSampler { Value = 2 }, pruner: new NopPruner(), seed: 1);
        study.AddTrial(FrozenTrial.Create(
            value: 1, parameters: new Dictionary<string, object?> { ["x"] = 0.5 }, distributions: new Dictionary<string, Distribution> { ["x"] = new FloatDistribution(0, 1) }));
        Assert.Throws<InvalidOperationException>(() => study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 1));
        Assert.Equal(TrialState.Fail, study.Trials[1].State);
    }

    [Fact]
    public void What_the_objective_took_survives_a_refused_message()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Suggest(0, "z", Given.Unit, 0.5);
        given.Tell(0, 1);
        var asked = given.Ask();
        given.Send(new StudyCommands.RecordDrawn(1, [new TrialParam("x", Given.Unit, 0.5)]));
        var trial = new Trial(
            new LocalStudy(given.State, new RandomSampler(), new NopPruner(), given.Clock), given.Summary,
            asked with { Drawn = [new TrialParam("x", Given.Unit, 0.5)] }, CancellationToken.None);
        Assert.Equal(0.5, trial.SuggestFloat("x", 0, 1));
        Assert.Throws<ArgumentException>(() => trial.SuggestInt("z", 0, 1));
        Assert.Equal("x", trial.Used.Single().Name);
        trial.Report(1, 0);
        Assert.False(trial.ShouldPrune());
        Assert.Empty(trial.Used);
        Assert.Equal(["x"], given.Trial(1).Params.Keys);
    }

    /// <summary>Draws 0.75 for everything all trials had, and 0.25 alone.</summary>
    private sealed class CountingJointSampler : IRelativeSampler
    {
        public double Value { get; init; } = 0.75;

        public int Joint { get; private set; }

        public int Alone { get; private set; }

        public SearchSpace InferRelativeSpace(SamplingContext context) => context.Study.SpaceOfFinished.WithoutSingles();

        public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
        {
            Joint++;
            return [.. space.Params.Select(p => new TrialParam(p.Key, p.Value, Value))];
        }

        public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        {
            Alone++;
            return 0.25;
        }
    }
}
