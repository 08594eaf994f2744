using Optuna.Cli.Output;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Watch;

/// <summary>What becomes of one study, as lines. It costs what is new, however many trials there are.</summary>
internal sealed class StudyFeed
{
    private readonly IStudyBackend _study;

    // Of the trials that are not finished: what was said of them last.
    private readonly Dictionary<int, TrialState> _said = [];
    private string _name;
    private StudyMode _mode;
    private long _version;
    private int _finished;

    private StudyFeed(IStudyBackend study, StudySummary summary, long version, int finished) =>
        (_study, _name, _mode, _version, _finished) = (study, summary.Name, summary.Mode, version, finished);

    /// <summary>All that happens from now on.</summary>
    public static async Task<StudyFeed> FromNowAsync(IStudyBackend study, CancellationToken cancel)
    {
        // First who runs: one that starts after that is news.
        var running = (await study.QueryAsync(new StudyQueries.GetLeases(), cancel).ConfigureAwait(false)).Expect<StudyReplies.Leases>().Held;
        var now = (await study.QueryAsync(new StudyQueries.GetSummary(), cancel).ConfigureAwait(false)).Expect<StudyReplies.Summary>().Study;
        var feed = new StudyFeed(study, now, now.Version, now.Counts.Finished);
        foreach (var lease in running)
            feed._said[lease.Number] = TrialState.Running;
        return feed;
    }

    /// <summary>All that has happened to a study that was just made.</summary>
    public static StudyFeed FromStart(IStudyBackend study, StudySummary summary) => new(study, summary, version: -1, finished: 0);

    /// <param name="now">The study's summary; nothing more is asked when nothing has changed.</param>
    public async Task<IReadOnlyList<string>> NextAsync(StudySummary now, CancellationToken cancel)
    {
        if (now.Version == _version)
            return [];
        var lines = new List<string>();
        if (now.Name != _name)
            lines.Add($"{_name} RENAMED {now.Name}");
        if (now.Mode != _mode)
            lines.Add($"{now.Name} {now.Mode.ToString().ToUpperInvariant()}");
        (_name, _mode) = (now.Name, now.Mode);
        for (var more = true; more;)
        {
            var query = new StudyQueries.GetChanges(_version, _finished, ChangesPage.MaxTrials);
            var changes = (await _study.QueryAsync(query, cancel).ConfigureAwait(false)).Expect<StudyReplies.Changes>();
            foreach (var trial in changes.Finished)
            {
                _said.Remove(trial.Number);
                lines.Add(TrialLine.Of(_name, trial));
            }

            foreach (var trial in changes.Unfinished)
            {
                // It changes with every parameter and report too.
                if (_said.TryGetValue(trial.Number, out var said) && said == trial.State)
                    continue;
                _said[trial.Number] = trial.State;
                lines.Add(TrialLine.Of(_name, trial));
            }

            _finished += changes.Finished.Length;
            (_version, more) = (changes.Version, changes.More);
        }

        return lines;
    }

    public string Deleted() => $"{_name} DELETED";
}
