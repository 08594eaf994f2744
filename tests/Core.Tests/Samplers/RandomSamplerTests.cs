using Optuna.Samplers;
using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Samplers;

public sealed class RandomSamplerTests : SamplerContract
{
    protected override ISampler Create() => new RandomSampler();

    [Fact]
    public void Values_are_uniform_in_the_range_or_in_its_logarithm()
    {
        var study = NewStudy(1, StudyDirection.Minimize, StudyDirection.Minimize);
        study.Optimize((Func<Trial, double[]>)(t => [t.SuggestFloat("x", 0, 10), Math.Log10(t.SuggestFloat("l", 1e-4, 1e4, log: true))]), nTrials: 4000);
        // Standard deviations of a mean of 4000: 0.046 and 0.037.
        Assert.InRange(study.Trials.Average(t => t.Values[0]), 4.8, 5.2);
        Assert.InRange(study.Trials.Average(t => t.Values[1]), -0.16, 0.16);
    }

    [Fact]
    public void Every_grid_point_and_choice_has_the_same_chance()
    {
        var study = NewStudy(1);
        study.Optimize(t => t.SuggestInt("n", 0, 20, step: 5) + t.SuggestCategorical("c", 1, 2, 3), nTrials: 5000);
        foreach (var (name, kinds) in new[] { ("n", 5), ("c", 3) })
        {
            var counts = study.Trials.CountBy(t => t.Params[name]!).ToList();
            Assert.Equal(kinds, counts.Count);
            // Five standard deviations.
            Assert.All(counts, c => Assert.InRange(c.Value, 5000.0 / kinds - 5 * Math.Sqrt(5000.0 / kinds), 5000.0 / kinds + 5 * Math.Sqrt(5000.0 / kinds)));
        }
    }

    [Fact]
    public void It_has_no_options()
    {
        Assert.IsType<RandomSampler>(SamplerCatalog.Create(new ComponentSpec("random"), 1));
        Assert.Contains("'seed'", Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("random", """{"seed": 1}"""), 1)).Message);
        Assert.Contains("'dice'", Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("dice"), 1)).Message);
    }
}
