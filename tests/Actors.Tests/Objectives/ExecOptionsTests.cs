using Optuna.Worker.Objectives;
using Xunit;

namespace Optuna.Tests.Objectives;

public sealed class ExecOptionsTests
{
    [Theory]
    [InlineData("""{"x": {"type": "int", "low": 0, "high": 1}, "X": {"type": "int", "low": 0, "high": 1}}""", "'x' and 'X'", "OPTUNA_PARAM_X")]
    [InlineData("""{"a-b": {"type": "int", "low": 0, "high": 1}, "a b": {"type": "int", "low": 0, "high": 1}}""", "'a-b' and 'a b'", "OPTUNA_PARAM_A_B")]
    [InlineData("""{"x": {"type": "categorical", "choices": ["a\u0000b"]}}""", "'x'", "NUL")]
    public void Parameters_that_an_environment_cannot_hold_are_refused(string space, string names, string why)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ExecObjective(Given.Command("true", space)));

        Assert.Contains(names, refused.Message);
        Assert.Contains(why, refused.Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var good = Given.Command("true");

        Assert.Contains("command", Refused(good with { Command = "  " }));
        Assert.Contains("time limit", Refused(good with { Timeout = TimeSpan.Zero }));
        Assert.Contains("time limit", Refused(good with { Timeout = TimeSpan.FromDays(50) }));
        Assert.Contains("SIGKILL", Refused(good with { KillGrace = TimeSpan.FromSeconds(-1) }));
        Assert.Contains("'/no/such/folder'", Refused(good with { WorkingDirectory = "/no/such/folder" }));
    }

    private static string Refused(ExecOptions options) => Assert.Throws<ArgumentException>(() => new ExecObjective(options)).Message;
}
