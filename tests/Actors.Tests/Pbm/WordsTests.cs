using Optuna.Pbm.Wire;

namespace Optuna.Tests.Pbm;

public sealed class WordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  cluster   show ", new[] { "cluster", "show" })]
    [InlineData("optuna study 'my study'", new[] { "optuna", "study", "my study" })]
    [InlineData("optuna study \"it's\"", new[] { "optuna", "study", "it's" })]
    [InlineData("a\\ b ''", new[] { "a b", "" })]
    [InlineData("pre'fix'ed \\'", new[] { "prefixed", "'" })]
    public void A_line_is_split_at_blanks_outside_quotes(string line, string[] words) => Assert.Equal(words, Words.Split(line));

    [Fact]
    public void An_open_quote_is_named() => Assert.Contains("(\")", Assert.Throws<FormatException>(() => Words.Split("study \"x")).Message, StringComparison.Ordinal);
}
