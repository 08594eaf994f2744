using Optuna.Worker.Objectives;
using Xunit;

namespace Optuna.Tests.Objectives;

public sealed class AssemblyObjectiveTests
{
    private static readonly string s_assembly = typeof(AssemblyObjectiveTests).Assembly.Location;

    [Fact]
    public async Task An_objective_of_another_assembly_is_loaded_with_its_dependencies_and_runs()
    {
        var objective = AssemblyObjective.Load($"{s_assembly}#{typeof(SampleObjective).FullName}");
        var study = Given.Study();

        await study.OptimizeAsync(objective, nTrials: 3);

        Assert.IsNotType<SampleObjective>(objective);
        Assert.All(study.Trials, t => Assert.Equal([(double)t.Params["x"]! + 1], t.Values));
    }

    [Fact]
    public void A_relative_path_and_a_nested_type_are_found()
    {
        var path = Path.GetRelativePath(Directory.GetCurrentDirectory(), s_assembly);

        Assert.IsAssignableFrom<IObjective>(AssemblyObjective.Load($"{path}#{typeof(Nested).FullName}"));
    }

    [Theory]
    [InlineData("objective.dll", "'objective.dll' is not of the form")]
    [InlineData("#Type", "'#Type' is not of the form")]
    [InlineData("objective.dll#", "'objective.dll#' is not of the form")]
    [InlineData("/no/such/file.dll#Type", "no assembly '/no/such/file.dll'")]
    [InlineData("{0}#Nobody", "no type 'Nobody'; its objectives are Optuna.Tests.")]
    [InlineData("{0}#Optuna.Tests.Objectives.TempFolder", "does not implement Optuna.IObjective; its objectives are")]
    [InlineData("{0}#Optuna.Tests.Objectives.NeedsAnArgument", "no public constructor without parameters")]
    [InlineData("{0}#Optuna.Tests.Objectives.AbstractObjective", "abstract or generic")]
    [InlineData("{0}#Optuna.Tests.Objectives.GenericObjective`1", "abstract or generic")]
    [InlineData("{0}#Optuna.Tests.Objectives.ThrowingObjective", "failed with InvalidOperationException: no data here")]
    public void What_cannot_be_loaded_is_refused_with_the_reason(string reference, string reason)
    {
        var refused = Assert.Throws<ArgumentException>(() => AssemblyObjective.Load(reference.Replace("{0}", s_assembly)));

        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_refused()
    {
        using var folder = new TempFolder();
        var file = folder.Write("text.dll", "not an assembly");

        Assert.Contains("could not be loaded", Assert.Throws<ArgumentException>(() => AssemblyObjective.Load($"{file}#Type")).Message);
    }

    public sealed class Nested : SampleObjective;
}
