using Akka.Configuration;
using Optuna.Coordinator.Studies;
using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Catalog;

public sealed class StudyDefaultsTests
{
    private static readonly StudyCommands.CreateStudy Unnamed =
        new("s", [StudyDirection.Minimize], ComponentSpec.Default, ComponentSpec.Default, 1, 3);

    [Fact]
    public void Out_of_the_box_they_are_Optunas()
    {
        var study = From("").Complete(Unnamed);
        Assert.Equal((new ComponentSpec("tpe"), new ComponentSpec("median")), (study.Sampler, study.Pruner));
    }

    [Fact]
    public void An_operator_may_name_others_with_their_options()
    {
        var study = From("""
            sampler = tpe
            sampler-kwargs = "{\"multivariate\": false}"
            pruner = nop
            """).Complete(Unnamed);
        Assert.Equal((new ComponentSpec("tpe", """{"multivariate": false}"""), new ComponentSpec("nop")), (study.Sampler, study.Pruner));
    }

    [Fact]
    public void What_the_creator_names_stays()
    {
        var named = Unnamed with { Sampler = new ComponentSpec("random"), Pruner = new ComponentSpec("percentile") };
        Assert.Equal(named, From("sampler = tpe\npruner = nop").Complete(named));
    }

    [Fact]
    public void A_sampler_for_one_objective_is_not_forced_on_several()
    {
        var several = Unnamed with { Directions = [StudyDirection.Minimize, StudyDirection.Maximize] };
        Assert.Equal(From("").Complete(several).Sampler, From("sampler = cmaes").Complete(several).Sampler);
    }

    [Theory]
    [InlineData("sampler = dice", "optuna.study.sampler")]
    [InlineData("sampler = tpe\nsampler-kwargs = \"{\\\"gamble\\\": 1}\"", "gamble")]
    [InlineData("pruner = axe", "optuna.study.pruner")]
    public void What_is_not_there_is_refused_by_name(string hocon, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => From(hocon)).Message);

    private static StudyDefaults From(string hocon) => StudyDefaults.From(ConfigurationFactory.ParseString($"optuna.study {{\n{hocon}\n}}"));
}
