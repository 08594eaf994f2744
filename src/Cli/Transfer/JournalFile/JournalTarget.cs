using System.Globalization;
using System.Text;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>Operations are gathered in a file of their own, and appended to the journal at once: only then is known which number each study gets.</summary>
internal sealed class JournalTarget : IForeignTarget
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _path;
    private readonly StoredTimes _times;
    private readonly string _workerId = $"{Guid.NewGuid():D}-0";
    private readonly FileStream _staged;
    private readonly StreamWriter _writer;
    private readonly HashSet<string> _found;
    private readonly List<string> _added = [];

    private JournalTarget(string path, StoredTimes times, IEnumerable<string> found)
    {
        (_path, _times, _found) = (path, times, [.. found]);
        // Beside the journal, where there is room for it if there is room at all.
        _staged = new FileStream(
            $"{path}.export-{Guid.NewGuid():N}",
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 1 << 16 });
        _writer = new StreamWriter(_staged, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        Notes = [$"Times are written as {(times == StoredTimes.Utc ? "UTC, as Optuna 5 does" : "local time, as Optuna did before 5")}."];
    }

    public IReadOnlyList<string> Notes { get; }

    /// <param name="times">Null for UTC.</param>
    /// <exception cref="TransferRefusedException">There is a journal that is not understood, or no folder for one.</exception>
    public static JournalTarget Open(string option, ForeignUrl.Journal url, StoredTimes? times)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(url.Path)) is { } folder && !Directory.Exists(folder))
            throw new TransferRefusedException($"{option}: the folder {folder} does not exist.");
        if (Directory.Exists(url.Path))
            throw new TransferRefusedException($"{option}: {url.Path} is a folder.");
        try
        {
            return new JournalTarget(url.Path, times ?? StoredTimes.Utc, Replay(url.Path).Studies.Select(s => s.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferRefusedException($"{option}: {url.Path} cannot be written: {e.Message}", e);
        }
        catch (TransferRefusedException e)
        {
            throw new TransferRefusedException($"{option}: {url.Path}: {e.Message}", e);
        }
    }

    public Task CheckNameAsync(string name, CancellationToken cancel) => !_found.Contains(name)
        ? Task.CompletedTask
        : throw new TransferRefusedException($"--to: a study '{name}' is there already.");

    public async Task WriteAsync(ForeignStudy study, IAsyncEnumerable<FrozenTrial> trials, CancellationToken cancel)
    {
        await StageAsync(JournalOp.CreateStudy, JournalText.CreateStudy(study)).ConfigureAwait(false);
        foreach (var (key, json) in study.UserAttrs)
            await StageAsync(JournalOp.SetStudyUserAttr, JournalText.SetStudyAttr(AttrKind.User, key, json)).ConfigureAwait(false);
        foreach (var (key, json) in study.SystemAttrs)
            await StageAsync(JournalOp.SetStudySystemAttr, JournalText.SetStudyAttr(AttrKind.System, key, json)).ConfigureAwait(false);
        await foreach (var trial in trials.WithCancellation(cancel).ConfigureAwait(false))
            await StageAsync(JournalOp.CreateTrial, JournalText.CreateTrial(trial, _times)).ConfigureAwait(false);
        _added.Add(study.Name);
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        await _writer.FlushAsync(cancel).ConfigureAwait(false);
        using var held = await JournalFileLock.TakeAsync(_path, s_patience, cancel).ConfigureAwait(false);
        var now = Replay(_path);
        if (now.BrokenLine is { } line)
            throw new TransferRefusedException($"--to: the last line of {_path}, line {line}, is not whole; remove it before anything is appended.");
        if (now.Studies.FirstOrDefault(s => _added.Contains(s.Name)) is { } taken)
            throw new TransferRefusedException($"--to: a study '{taken.Name}' is there already.");
        await AppendAsync(now.NextStudy, cancel).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _staged.DisposeAsync().ConfigureAwait(false);
    }

    private static JournalReplay Replay(string path)
    {
        var replay = new JournalReplay(new KnownTexts());
        if (!File.Exists(path))
            return replay;
        using var lines = new JournalLines(path);
        replay.ReadOn(lines);
        return replay;
    }

    // A staged line: the operation, a tab, which of the studies written here it is about, a tab, the rest of its fields.
    private async Task StageAsync(JournalOp op, string rest)
    {
        await _writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{(int)op}\t{_added.Count}\t")).ConfigureAwait(false);
        await _writer.WriteLineAsync(rest).ConfigureAwait(false);
    }

    private async Task AppendAsync(int firstStudy, CancellationToken cancel)
    {
        var isNew = !File.Exists(_path);
        await using var file = new FileStream(
            _path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 1 << 16 });
        var before = file.Seek(0, SeekOrigin.End);
        try
        {
            _staged.Position = 0;
            using var staged = new StreamReader(_staged, new UTF8Encoding(false), leaveOpen: true);
            while (await staged.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
            {
                var parts = line.Split('\t', 3);
                var op = (JournalOp)int.Parse(parts[0], CultureInfo.InvariantCulture);
                var study = firstStudy + int.Parse(parts[1], CultureInfo.InvariantCulture);
                var about = op == JournalOp.CreateStudy ? "" : string.Create(CultureInfo.InvariantCulture, $"\"study_id\":{study},");
                await file.WriteAsync(Encoding.UTF8.GetBytes($"{{\"op_code\":{(int)op},\"worker_id\":\"{_workerId}\",{about}{parts[2]}\n"), cancel).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
        }
        catch
        {
            // Nobody else writes while the lock is held.
            file.SetLength(before);
            if (isNew)
                File.Delete(_path);
            throw;
        }
    }
}
