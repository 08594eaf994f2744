using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Optuna.Coordinator.Storage;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>Says what a database refused, without the password.</summary>
internal static class RdbTrouble
{
    private const int Busy = 5, ReadOnly = 8, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public static string Sentence(StorageUrl url, DbException e) => e switch
    {
        MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost } => $"nothing answers as a MySQL or MariaDB server for {url} ({Told(e)}).",
        MySqlException { ErrorCode: MySqlErrorCode.AccessDenied } => $"the server refuses the user of {url} with this password.",
        MySqlException { ErrorCode: MySqlErrorCode.UnknownDatabase } => $"the server has no such database: {url}.",
        SqliteException { SqliteErrorCode: NotADatabase } => $"{url} is not a SQLite database.",
        SqliteException { SqliteErrorCode: Busy } => $"another program is writing {url}; try again when it is done.",
        SqliteException { SqliteErrorCode: CannotOpen or ReadOnly } => $"the file of {url} cannot be opened; this account needs the right to it and its folder.",
        SqliteException { SqliteErrorCode: Full } => $"there is no room left on the disk of {url}.",
        _ => $"{url} said: {Told(e)}.",
    };

    private static string Told(DbException e) => e.Message.TrimEnd('.', ' ');
}
