namespace Optuna.Cli.Storage;

/// <summary><c>--storage-class</c>, which Optuna's own command line has: accepted where it says what the URL says.</summary>
internal static class StorageClass
{
    private const string Rdb = "RDBStorage";

    private static readonly string[] s_journals = ["JournalFileBackend", "JournalRedisBackend", "JournalFileStorage", "JournalRedisStorage"];

    /// <exception cref="ArgumentException">No such class, or studies of it must be imported; the message names the option.</exception>
    public static void Check(string name, string url)
    {
        if (s_journals.Contains(name))
        {
            throw new ArgumentException(
                $"--storage-class: {name} keeps its studies in Optuna's own way, and no study is worked on there; take them over with 'optuna-ctl import --from'.");
        }

        if (name != Rdb)
            throw new ArgumentException($"--storage-class: '{name}' is not one of {Rdb}, {string.Join(", ", s_journals)}.");
        if (!url.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("mysql", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"--storage-class: {Rdb} goes with sqlite:/// and mysql:// URLs; a coordinator's address needs no class.");
    }
}
