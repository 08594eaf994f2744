using System.Text.Json;

namespace Optuna.Tests.Quickstart;

public sealed class QuickstartTests : IDisposable
{
    private static readonly string[] Names = ["study", "trials", "complete", "pruned", "failed", "bestValue", "bestParams"];

    private readonly QuickstartProgram _quickstart = new();

    public void Dispose() => _quickstart.Dispose();

    [Fact]
    public async Task A_second_run_goes_on_where_the_first_one_ended()
    {
        var first = await ResultAsync("--trials", "6", "--seed", "7", "--json");
        AssertIsResult(first.Json, trials: 6);
        Assert.Contains("is new", first.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_quickstart.Folder.FullName, "quickstart.db")));

        var second = await ResultAsync("--trials", "4", "--workers", "2", "--json");
        AssertIsResult(second.Json, trials: 10);
        Assert.Contains("has 6 trials and goes on at trial 6", second.Error, StringComparison.Ordinal);
        Assert.True(second.Json.GetProperty("bestValue").GetDouble() >= first.Json.GetProperty("bestValue").GetDouble());
    }

    [Fact]
    public async Task Without_json_the_best_parameters_and_the_way_back_to_them_are_printed()
    {
        var (code, output, error) = await _quickstart.RunAsync(
            "--trials", "2", "--storage", "sqlite:///other file.db", "--study-name", "it's mine");

        Assert.True(code == 0, error);
        Assert.Contains("Best AUC 0.9", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  learning_rate +0\.\d+$", output);
        Assert.Contains(
            @"best-trial --storage 'sqlite:///other file.db' --study-name 'it'\''s mine'", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--trials", "0")]
    [InlineData("--trials", "many")]
    [InlineData("--seed", "-1")]
    [InlineData("--workers", "0")]
    [InlineData("--port", "65536")]
    [InlineData("--storage", "postgres://localhost/x")]
    [InlineData("--study-name", " ")]
    public async Task Bad_input_is_one_sentence_that_names_the_option_and_writes_nothing(string option, string value)
    {
        var (code, output, error) = await _quickstart.RunAsync(option, value);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith($"Quickstart: {option}: ", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Empty(_quickstart.Folder.EnumerateFileSystemInfos());
    }

    private async Task<(JsonElement Json, string Error)> ResultAsync(params string[] arguments)
    {
        var (code, output, error) = await _quickstart.RunAsync(arguments);
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        return (json.RootElement.Clone(), error);
    }

    private static void AssertIsResult(JsonElement json, int trials)
    {
        Assert.Equal(Names, json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("breast-cancer", json.GetProperty("study").GetString());
        Assert.Equal(trials, json.GetProperty("trials").GetInt32());
        Assert.Equal(0, json.GetProperty("failed").GetInt32());
        Assert.Equal(trials, json.GetProperty("complete").GetInt32() + json.GetProperty("pruned").GetInt32());
        Assert.InRange(json.GetProperty("bestValue").GetDouble(), 0.95, 0.9999);
        var parameters = json.GetProperty("bestParams");
        Assert.Contains(parameters.GetProperty("booster").GetString(), new[] { "gbdt", "dart", "goss" });
        Assert.InRange(parameters.GetProperty("iterations").GetInt32(), 10, 150);
        Assert.InRange(parameters.GetProperty("learning_rate").GetDouble(), 0.01, 0.5);
        // The booster's own parameter, and not those of the others.
        Assert.Equal(9, parameters.EnumerateObject().Count());
    }
}
