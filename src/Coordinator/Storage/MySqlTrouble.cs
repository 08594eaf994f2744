using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>Says in the operator's words what the server said in its own.</summary>
internal static class MySqlTrouble
{
    public static StorageRefusedException Refusal(MySqlUrl url, MySqlException e)
    {
        var sentence = e.ErrorCode switch
        {
            MySqlErrorCode.UnableToConnectToHost =>
                $"Nothing answers as a MySQL or MariaDB server at {url.Host}:{url.Port} ({Told(e)}); start it or correct the storage URL {url}.",
            MySqlErrorCode.AccessDenied =>
                $"The server at {url.Host}:{url.Port} refuses user {url.User} with this password; correct them in the storage URL {url}.",
            MySqlErrorCode.DatabaseAccessDenied =>
                $"User {url.User} may not use database {url.Database} of {url.Host}:{url.Port}; " +
                $"grant it with GRANT ALL ON `{url.Database}`.* TO that user.",
            MySqlErrorCode.UnknownDatabase =>
                $"The server at {url.Host}:{url.Port} has no database {url.Database}; " +
                $"make it with CREATE DATABASE `{url.Database}` or correct the storage URL {url}.",
            MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied =>
                $"User {url.User} lacks a right in database {url.Database} of {url.Host}:{url.Port} ({Told(e)}); " +
                $"grant it with GRANT ALL ON `{url.Database}`.* TO that user.",
            _ => $"The storage {url} could not be prepared: {Told(e)}.",
        };
        return new StorageRefusedException(sentence, e);
    }

    private static string Told(MySqlException e) => e.Message.TrimEnd('.', ' ');
}
