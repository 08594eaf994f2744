using System.Text.Json;

namespace Optuna.Tests.Cli;

/// <summary><c>plot</c>: what is drawn is tested beside the figures; here, that it comes into the file.</summary>
public sealed class PlotTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-plot-");

    public async ValueTask InitializeAsync()
    {
        var study = await coordinator.Client.CreateStudyAsync("drawn <1>", loadIfExists: true);
        if ((await study.GetTrialsAsync()).Length == 0)
            study.Optimize(t => t.SuggestFloat("x", 0, 1), nTrials: 5);
    }

    [Fact]
    public async Task A_figure_is_written_as_a_page_or_as_JSON()
    {
        var (page, json) = (Path.Combine(_folder.FullName, "f.html"), Path.Combine(_folder.FullName, "f.json"));
        await coordinator.RunAsync("plot", "--study-name", "drawn <1>", "-o", page);
        Assert.Contains("Plotly.newPlot", await File.ReadAllTextAsync(page));
        await coordinator.RunAsync("plot", "--study-name", "drawn <1>", "--figure", "slice", "--params", "x", "-o", json);
        Assert.Equal(5, JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.GetProperty("data")[0].GetProperty("x").GetArrayLength());
    }

    [Theory]
    [InlineData("--figure", "--figure", "pie", "-o", "f.html")]
    [InlineData("--output", "-o", "f.pdf")]
    [InlineData("'target'", "--target", "1", "-o", "f.json")]
    [InlineData("'params'", "--figure", "edf", "--params", "x", "-o", "f.json")]
    public async Task Wrong_input_is_refused_by_name(string named, params string[] args) =>
        Assert.Contains(named, (await coordinator.RunAsync(["plot", "--study-name", "drawn <1>", .. args])).Refusal());

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
