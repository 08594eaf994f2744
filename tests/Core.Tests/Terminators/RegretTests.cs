using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Terminators;
using Xunit;

namespace Optuna.Tests.Terminators;

/// <summary>What the Gaussian process says of studies whose room for improvement is known.</summary>
public sealed class RegretTests
{
    [Fact]
    public void A_study_that_has_converged_has_less_to_gain_than_one_that_has_not()
    {
        var (early, late) = (Regret(8), Regret(60));
        Assert.InRange(late, 0, early);
        Assert.True(late < 0.2 * early, $"{late} after 60 trials, {early} after 8.");
    }

    [Fact]
    public void The_regret_bound_is_in_the_objectives_unit()
    {
        var (one, thousand) = (Regret(25, scale: 1), Regret(25, scale: 1024));
        Assert.Equal(1024, thousand / one, 6);
    }

    [Fact]
    public void Both_directions_are_judged_alike() => Assert.Equal(Regret(25), Regret(25, scale: -1, StudyDirection.Maximize), 9);

    [Fact]
    public void EMMR_falls_as_the_study_converges()
    {
        double Of(int trials) => new EmmrEvaluator(deterministicObjective: true).Evaluate(Given(trials, 1, StudyDirection.Minimize).Look());
        Assert.True(Of(1) > 1e300);
        Assert.InRange(Of(60), 0, Of(6));
    }

    [Fact]
    public void A_space_that_cannot_be_judged_is_said()
    {
        var study = Study.Create(sampler: new RandomSampler());
        Assert.Throws<InvalidOperationException>(() => new RegretBoundEvaluator().Evaluate(study.Look()));
        study.Optimize(_ => 1.0, 3);
        Assert.Contains("no parameter in common", Assert.Throws<InvalidOperationException>(
            () => new RegretBoundEvaluator().Evaluate(study.Look())).Message);
        Assert.True(new EmmrEvaluator().Evaluate(study.Look()) > 1e300);
    }

    private static double Regret(int trials, double scale = 1, StudyDirection direction = StudyDirection.Minimize) =>
        new RegretBoundEvaluator().Evaluate(Given(trials, scale, direction).Look());

    private static Study Given(int trials, double scale, StudyDirection direction)
    {
        var study = Study.Create(direction: direction, sampler: new RandomSampler(), seed: 5);
        study.Optimize(t => scale * (Math.Pow(t.SuggestFloat("x", -2, 2), 2) + Math.Pow(t.SuggestFloat("y", -2, 2), 2)), trials);
        return study;
    }
}
