using System.Runtime.CompilerServices;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>A journal file: gone through once to know which lines count, then each trial's lines are read when it is its turn.</summary>
internal sealed class JournalSource : IForeignSource
{
    private readonly JournalLines _lines;
    private readonly KnownTexts _distributions = new();
    private readonly Dictionary<long, JournalStudy> _studies;
    private readonly StoredTimes _times;

    private JournalSource(JournalLines lines, StoredTimes times)
    {
        (_lines, _times) = (lines, times);
        var replay = new JournalReplay(_distributions);
        replay.ReadOn(lines);
        _studies = replay.Studies.ToDictionary(s => (long)s.Id);
        Studies = [.. replay.Studies.Select(s => new ForeignStudy(
            s.Id, s.Name, [.. s.Directions], [.. s.UserAttrs], [.. s.SystemAttrs], s.Trials.Count))];
        Notes = replay.BrokenLine is { } line ? [$"Line {line}, the last, is not whole and was left out."] : [];
    }

    public IReadOnlyList<ForeignStudy> Studies { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <param name="option">The option the URL was given by, for what is refused.</param>
    /// <param name="times">Of times that name no zone; null for local, as Optuna wrote them before it named the zone.</param>
    /// <exception cref="TransferRefusedException">The file cannot be read, or is not understood.</exception>
    public static JournalSource Open(string option, ForeignUrl.Journal url, StoredTimes? times)
    {
        JournalLines lines;
        try
        {
            lines = new JournalLines(url.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferRefusedException(
                e is FileNotFoundException or DirectoryNotFoundException ? $"{option}: there is no file {url.Path}." : $"{option}: {url.Path} cannot be read: {e.Message}", e);
        }

        try
        {
            return new JournalSource(lines, times ?? StoredTimes.Local);
        }
        catch (TransferRefusedException e)
        {
            lines.Dispose();
            throw new TransferRefusedException($"{option}: {url.Path}: {e.Message}", e);
        }
    }

    public async IAsyncEnumerable<FrozenTrial> TrialsAsync(ForeignStudy study, [EnumeratorCancellation] CancellationToken cancel)
    {
        var trials = _studies[study.Key].Trials;
        for (var number = 0; number < trials.Count; number++)
        {
            cancel.ThrowIfCancellationRequested();
            var builder = new JournalTrialBuilder(number, _times, _distributions);
            foreach (var (offset, line) in trials[number].Lines)
                builder.Apply(JournalEntry.Parse(line, _lines.ReadAt(offset).Text) ?? throw new TransferRefusedException($"Line {line} changed while the journal was read."));
            yield return builder.Freeze();
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        return ValueTask.CompletedTask;
    }
}
