using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Xunit;

namespace Optuna.Tests.Pruners;

public sealed class MedianPrunerTests : PrunerContract
{
    protected override IPruner Create() => new MedianPruner();

    [Theory]
    [InlineData(StudyDirection.Minimize, 2.5, false)]
    [InlineData(StudyDirection.Minimize, 2.501, true)]
    [InlineData(StudyDirection.Maximize, 2.5, false)]
    [InlineData(StudyDirection.Maximize, 2.499, true)]
    public void A_trial_strictly_worse_than_the_median_is_pruned(StudyDirection direction, double report, bool pruned)
    {
        var given = Given.AStudy(direction);
        foreach (var v in new[] { 4.0, 1, 3, 2, 1, 4 })
            given.Finished(v, v);
        var number = given.Ask().Number;
        given.Report(number, 0, report);
        Assert.Equal(pruned, given.Prunes(number, new MedianPruner()));
    }

    [Fact]
    public void A_study_asks_it_at_every_report()
    {
        var study = Study.Create(sampler: new Optuna.Samplers.RandomSampler(), seed: 1);
        study.Optimize(
            t =>
            {
                t.Report(t.Number, 0);
                return t.ShouldPrune() ? throw new TrialPrunedException() : t.Number;
            },
            nTrials: 12);
        Assert.Equal(Enumerable.Range(5, 7), study.GetTrials(Optuna.Trials.TrialState.Pruned).Select(t => t.Number));
    }

    [Fact]
    public void The_catalogue_makes_it_and_refuses_what_it_does_not_know()
    {
        Assert.IsType<MedianPruner>(PrunerCatalog.Create(PrunerCatalog.Default));
        Assert.Contains("'patience'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("median", """{"patience": 1}"""))).Message);
        Assert.Contains("'middle'", Assert.Throws<ArgumentException>(() => PrunerCatalog.Create(new ComponentSpec("middle"))).Message);
    }
}
