using Optuna.Worker.Objectives;
using Xunit;

namespace Optuna.Tests.Objectives;

public sealed class ObjectiveSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_command_and_a_search_space_file_make_an_objective()
    {
        var file = _folder.Write("space.json", "\uFEFF" + Given.X);
        var source = new ObjectiveSource { Exec = """echo "{\"value\": $OPTUNA_PARAM_X}" """, SearchSpaceFile = file };
        var study = Given.Study();

        await study.OptimizeAsync(source.Open(), nTrials: 1);

        Assert.Equal(study.BestParams["x"], study.BestValue);
    }

    [Fact]
    public void An_assembly_makes_an_objective() => Assert.Equal(
        nameof(SampleObjective),
        new ObjectiveSource { Objective = $"{typeof(SampleObjective).Assembly.Location}#{typeof(SampleObjective)}" }.Open().GetType().Name);

    [Fact]
    public void Options_that_do_not_fit_together_are_refused()
    {
        Assert.Contains("One of --objective and --exec", Refused(new()));
        Assert.Contains("either --objective or --exec", Refused(new() { Objective = "a.dll#A", Exec = "true" }));
        Assert.Contains("--exec needs --search-space", Refused(new() { Exec = "true" }));
        Assert.Contains("--search-space is for --exec only", Refused(new() { Objective = "a.dll#A", SearchSpaceFile = "space.json" }));
        Assert.Contains("--exec-grace are for --exec only", Refused(new() { Objective = "a.dll#A", ExecTimeout = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public void A_fault_names_its_option()
    {
        var file = _folder.Write("space.json", Given.X);

        Assert.StartsWith("--objective: There is no assembly", Refused(new() { Objective = "a.dll#A" }));
        Assert.StartsWith("--exec: The command", Refused(new() { Exec = "", SearchSpaceFile = file }));
        Assert.StartsWith("--exec-timeout: ", Refused(new() { Exec = "true", SearchSpaceFile = file, ExecTimeout = TimeSpan.Zero }));
        Assert.StartsWith("--exec-grace: ", Refused(new() { Exec = "true", SearchSpaceFile = file, ExecKillGrace = TimeSpan.FromSeconds(-1) }));
        file = _folder.Write("twins.json", Given.X.Replace("}}", "}, \"X\": {\"type\": \"int\", \"low\": 0, \"high\": 1}}"));
        Assert.StartsWith("--search-space: Parameters 'x' and 'X'", Refused(new() { Exec = "true", SearchSpaceFile = file }));
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("""{"x": {"type": "float", "low": 2, "high": 1}}""", "'x'")]
    [InlineData("[]", "JSON object")]
    public void A_wrong_search_space_is_refused_by_file(string json, string reason)
    {
        var file = _folder.Write("space.json", json);

        var refused = Refused(new() { Exec = "true", SearchSpaceFile = file });

        Assert.StartsWith($"--search-space: '{file}': ", refused);
        Assert.Contains(reason, refused);
    }

    [Fact]
    public void A_search_space_that_cannot_be_read_is_refused_by_file()
    {
        File.WriteAllBytes(_folder["latin1.json"], [(byte)'{', 0xE9, (byte)'}']);

        Assert.Contains("/none.json' could not be read", Refused(new() { Exec = "true", SearchSpaceFile = _folder["none.json"] }));
        Assert.Contains("could not be read", Refused(new() { Exec = "true", SearchSpaceFile = _folder.Full }));
        Assert.Contains("is not UTF-8 text", Refused(new() { Exec = "true", SearchSpaceFile = _folder["latin1.json"] }));
    }

    private static string Refused(ObjectiveSource source) => Assert.Throws<ArgumentException>(source.Open).Message;
}
