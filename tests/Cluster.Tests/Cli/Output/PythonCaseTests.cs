using Optuna.Cli.Output;
using Optuna.Cli.Output.Yaml;
using Optuna.Json;

namespace Optuna.Tests.Cli.Output;

public class PythonCaseTests
{
    [Fact]
    public void Values_are_written_as_Python_writes_them() =>
        Assert.All(PythonCase.All, c => Assert.Equal(c.Repr, PythonText.Repr(c.Value)));

    [Fact]
    public void Yaml_is_what_PyYAML_makes_of_the_same_value() =>
        Assert.All(PythonCase.All, c => Assert.Equal(c.Yaml.TrimEnd('\n'), YamlWriter.Write(new List<object?> { c.Value })));

    [Fact]
    public void There_are_cases_of_every_kind() =>
        Assert.True(PythonCase.All.Count > 100 && PythonCase.All.Select(c => c.Value?.GetType()).Distinct().Count() >= 8,
            PythonJson.Write(PythonCase.All.Count));

    [Fact]
    public void Text_in_a_table_takes_the_room_of_its_code_points()
    {
        var table = OutputFormat.Table.Write(Records.Single("name", ["🐎🐎", "abcdef"]), flatten: false);

        Assert.Equal("+--------+\n| name   |\n+--------+\n| 🐎🐎     |\n| abcdef |\n+--------+", table);
    }

    [Fact]
    public void Names_beyond_the_first_plane_come_last()
    {
        string[] sorted = [.. new[] { "\U0001F40E", "\uffee", "é", "b", "B", "ba" }.Order(CodePoints.Order)];

        Assert.Equal(["B", "b", "ba", "é", "\uffee", "\U0001F40E"], sorted);
    }
}
