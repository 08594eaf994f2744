using Optuna.Cluster.Client;
using Optuna.Studies;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Optuna.Cli.Watch;

/// <summary>Studies on a terminal, as they are now, again and again.</summary>
internal sealed class WatchScreen(OptunaClient client, IAnsiConsole console, TimeSpan every)
{
    private readonly Dictionary<StudyId, Rate> _rates = [];

    /// <summary>Until the study is deleted.</summary>
    public async Task OneAsync(Study study, CancellationToken cancel)
    {
        try
        {
            await ShowAsync(async () =>
            {
                var summary = await study.GetSummaryAsync(cancel).ConfigureAwait(false);
                var running = await study.GetLeasesAsync(cancel).ConfigureAwait(false);
                return WatchView.Of(summary, RateOf(summary), running);
            }, cancel).ConfigureAwait(false);
        }
        catch (StudyNotFoundException)
        {
        }
    }

    /// <summary>For ever.</summary>
    public Task AllAsync(CancellationToken cancel) => ShowAsync(
        async () => WatchView.Of((await client.GetStudiesAsync(cancel).ConfigureAwait(false)).Select(s => (s, RateOf(s)))), cancel);

    private Task ShowAsync(Func<Task<IRenderable>> look, CancellationToken cancel) =>
        console.Live(new Text("")).Overflow(VerticalOverflow.Ellipsis).StartAsync(async context =>
        {
            while (true)
            {
                context.UpdateTarget(await look().ConfigureAwait(false));
                await Task.Delay(every, cancel).ConfigureAwait(false);
            }
        });

    private double RateOf(StudySummary study)
    {
        if (!_rates.TryGetValue(study.Id, out var rate))
            _rates.Add(study.Id, rate = new Rate(TimeProvider.System));
        return rate.At(study.Counts.Finished);
    }
}
