using Optuna.Cluster.Hosting;
using Xunit;

namespace Optuna.Tests.Hosting;

public sealed class HoconTextTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("a { b = 1", "'}' is missing")]
    [InlineData("a = [1, 2", "']' is missing")]
    [InlineData("a { port = 1 [[[[999", "']' is missing")]
    [InlineData("a = 1 }", "A '}' closes what is not open there")]
    [InlineData("a { b = [1 } ]", "A '}' closes what is not open there")]
    public void What_is_not_closed_is_refused_instead_of_read_for_ever(string text, string reason)
    {
        File.WriteAllText(_file, text);

        var refusal = Assert.Throws<ArgumentException>(() => HoconText.ReadFile(_file)).Message;

        Assert.StartsWith($"--hocon: {_file} ", refusal, StringComparison.Ordinal);
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Braces_in_texts_and_comments_count_for_nothing()
    {
        File.WriteAllText(_file, "a = \"[{\" # ]\nb { c = [1, 2] } // }\n");
        Assert.Equal([1, 2], HoconText.ReadFile(_file).GetIntList("b.c"));
    }

    public void Dispose() => File.Delete(_file);
}
