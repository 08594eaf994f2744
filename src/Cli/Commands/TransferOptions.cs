using System.CommandLine;
using System.Data.Common;
using Optuna.Cli.Transfer;
using Optuna.Cli.Transfer.Rdb;
using Optuna.Coordinator.Storage;

namespace Optuna.Cli.Commands;

/// <summary>What import and export share: the other store, its times, and what is said to people.</summary>
/// <param name="direction">--from or --to.</param>
internal sealed class TransferOptions(string direction, string whose)
{
    public Option<string> Store { get; } = new(direction) { Description = $"{whose}: {ForeignUrl.Forms}.", Required = true };

    public Option<string?> StudyName { get; } = new("--study-name") { Description = "The only study to take; without it all." };

    public Option<StoredTimes?> Times { get; } = new("--times")
    {
        Description = "Zone of times in the other store that name none: utc or local. Without it as the Optuna that made the store writes them.",
        CustomParser = result => Choices<StoredTimes>.Read(result, "--times", result.Tokens[^1].Value),
    };

    /// <summary>The other store's URL, which must not be the storage's own file: the one's lock would wait for the other's.</summary>
    public string Url(ParseResult parsed, string storage)
    {
        var text = parsed.GetRequiredValue(Store);
        if (ForeignUrl.Parse(direction, text) is ForeignUrl.Rdb { Storage: SqliteUrl foreign }
            && storage.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && StorageUrl.Parse(storage) is SqliteUrl own && own.File == foreign.File)
        {
            throw new ArgumentException($"{direction}: {foreign} is the storage's own file.");
        }

        return text;
    }

    /// <summary>What was moved, and what was assumed for it.</summary>
    public static string Summary(string done, IReadOnlyList<ForeignStudy> studies, IEnumerable<string> notes) =>
        string.Join(' ', notes.Prepend($"{done}: studies {studies.Count}, trials {studies.Sum(s => (long)s.TrialCount)}."));

    /// <summary>What a database or disk refuses on the way becomes a sentence as well.</summary>
    public async Task<int> GuardAsync(string url, Func<Task<int>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException e) when (ForeignUrl.Parse(direction, url) is ForeignUrl.Rdb rdb)
        {
            throw new TransferRefusedException($"{direction}: {RdbTrouble.Sentence(rdb.Storage, e)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferRefusedException($"{direction}: {e.Message}", e);
        }
    }
}
