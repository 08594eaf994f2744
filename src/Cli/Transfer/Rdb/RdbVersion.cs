using System.Globalization;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>A state of Optuna's tables that this program reads and writes.</summary>
/// <param name="Head">As alembic names it.</param>
/// <param name="Library">The Optuna that is said to have made tables which are new.</param>
internal sealed record RdbVersion(string Head, string Library)
{
    /// <summary>Optuna 3.0 and 3.1: without an index on the trials' study.</summary>
    public static readonly RdbVersion V300D = new("v3.0.0.d", "3.1.0");

    /// <summary>Optuna 3.2 and later.</summary>
    public static readonly RdbVersion V320A = new("v3.2.0.a", "5.0.0");

    public static readonly RdbVersion Newest = V320A;

    private static readonly string[] s_older =
        ["v0.9.0.a", "v1.2.0.a", "v1.3.0.a", "v2.4.0.a", "v2.6.0.a", "v3.0.0.a", "v3.0.0.b", "v3.0.0.c"];

    /// <summary>Number in the table version_info, which Optuna does not change any more.</summary>
    public const int SchemaNumber = 12;

    public bool HasTrialIndex => this == V320A;

    /// <exception cref="ArgumentException">Not one of the two.</exception>
    public static RdbVersion Parse(string head) => Find(head) ?? throw new ArgumentException($"'{head}' is not one of {V300D.Head}, {V320A.Head}.");

    /// <exception cref="TransferRefusedException">The tables are of another version.</exception>
    public static RdbVersion Of(string where, string head) => Find(head) ?? throw new TransferRefusedException(s_older.Contains(head)
        ? $"{where}: the tables are of Optuna's version {head}, which is too old; bring them up to date with `optuna storage upgrade`."
        : $"{where}: the tables are of version '{head}', which this program does not know; it knows {V300D.Head} and {V320A.Head}.");

    /// <summary>How an Optuna of this version writes times: in UTC from 5 on.</summary>
    public static StoredTimes TimesOf(string library) =>
        int.TryParse(library.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= 5
            ? StoredTimes.Utc
            : StoredTimes.Local;

    private static RdbVersion? Find(string head) => head == V300D.Head ? V300D : head == V320A.Head ? V320A : null;
}
