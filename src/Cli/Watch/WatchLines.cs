using Optuna.Cluster.Client;
using Optuna.Studies;

namespace Optuna.Cli.Watch;

/// <summary>A line for every change, for programs that read them.</summary>
internal sealed class WatchLines(OptunaClient client, TextWriter output, TimeSpan every)
{
    /// <summary>Until the study is deleted.</summary>
    public async Task OneAsync(Study study, CancellationToken cancel)
    {
        var backend = client.Backend(study.Id);
        var feed = await StudyFeed.FromNowAsync(backend, cancel).ConfigureAwait(false);
        while (true)
        {
            await Task.Delay(every, cancel).ConfigureAwait(false);
            try
            {
                await WriteAsync(await feed.NextAsync(await study.GetSummaryAsync(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (StudyNotFoundException)
            {
                await WriteAsync([feed.Deleted()]).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>For ever.</summary>
    public async Task AllAsync(CancellationToken cancel)
    {
        var feeds = new Dictionary<StudyId, StudyFeed>();
        foreach (var study in await client.GetStudiesAsync(cancel).ConfigureAwait(false))
            feeds.Add(study.Id, await StudyFeed.FromNowAsync(client.Backend(study.Id), cancel).ConfigureAwait(false));
        while (true)
        {
            await Task.Delay(every, cancel).ConfigureAwait(false);
            var studies = await client.GetStudiesAsync(cancel).ConfigureAwait(false);
            foreach (var study in studies)
            {
                if (feeds.TryAdd(study.Id, StudyFeed.FromStart(client.Backend(study.Id), study)))
                    await WriteAsync([$"{study.Name} CREATED"]).ConfigureAwait(false);
                try
                {
                    await WriteAsync(await feeds[study.Id].NextAsync(study, cancel).ConfigureAwait(false)).ConfigureAwait(false);
                }
                catch (StudyNotFoundException)
                {
                    // Deleted between two questions: the next list lacks it.
                }
            }

            foreach (var (id, feed) in feeds.ExceptBy(studies.Select(s => s.Id), f => f.Key).ToList())
            {
                feeds.Remove(id);
                await WriteAsync([feed.Deleted()]).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
            await output.WriteAsync(line + "\n").ConfigureAwait(false);
        if (lines.Count > 0)
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
