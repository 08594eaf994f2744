using System.Globalization;
using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>A database on a MySQL or MariaDB server, which several coordinators share.</summary>
public sealed record MySqlUrl : StorageUrl
{
    private const int DefaultPort = 3306;

    private static readonly Dictionary<string, MySqlSslMode> SslModes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["disabled"] = MySqlSslMode.None,
        ["preferred"] = MySqlSslMode.Preferred,
        ["required"] = MySqlSslMode.Required,
        ["verify-ca"] = MySqlSslMode.VerifyCA,
        ["verify_ca"] = MySqlSslMode.VerifyCA,
        ["verify-identity"] = MySqlSslMode.VerifyFull,
        ["verify_identity"] = MySqlSslMode.VerifyFull,
    };

    private readonly string _password;

    private MySqlUrl(string user, string password, string host, int port, string database, MySqlSslMode sslMode)
    {
        User = user;
        _password = password;
        Host = host;
        Port = port;
        Database = database;
        SslMode = sslMode;
    }

    public string User { get; }

    public string Host { get; }

    public int Port { get; }

    public string Database { get; }

    /// <summary>From <c>?ssl-mode=</c>, in MySQL's own words; TLS where the server offers it if nothing is said.</summary>
    public MySqlSslMode SslMode { get; }

    public override string ConnectionString => ConnectionStringWith(_ => { });

    /// <param name="tune">Pool size and the like; who, where and TLS come from the URL.</param>
    public string ConnectionStringWith(Action<MySqlConnectionStringBuilder> tune)
    {
        var builder = new MySqlConnectionStringBuilder
        {
            Server = Host,
            Port = (uint)Port,
            UserID = User,
            Password = _password,
            Database = Database,
            SslMode = SslMode,
            // 15 s, the driver's own, is longer than the circuit breaker in front of the journal waits.
            ConnectionTimeout = 5,
        };
        tune(builder);
        return builder.ConnectionString;
    }

    private protected override string Masked()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var mode = SslMode == MySqlSslMode.Preferred ? "" : "?ssl-mode=" + SslModes.First(m => m.Value == SslMode).Key;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"mysql://{Uri.EscapeDataString(User)}:***@{host}:{Port}/{Uri.EscapeDataString(Database)}{mode}");
    }

    internal static MySqlUrl ParseRest(string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.LastIndexOf('@');
        if (at < 0)
        {
            throw Wrong(
                "The storage URL names no user before an '@'; " +
                "a '/' in the user or password must be written %2F");
        }

        var (user, password) = UserInfo(authority[..at]);
        var (host, port) = HostAndPort(authority[(at + 1)..]);

        var tail = slash < 0 ? "" : rest[(slash + 1)..];
        if (tail.Contains('@', StringComparison.Ordinal))
            throw Wrong("The storage URL has an '@' after the host; write '/' as %2F and '@' as %40 in user, password and database");

        var question = tail.IndexOf('?', StringComparison.Ordinal);
        var database = Decoded(question < 0 ? tail : tail[..question], "database");
        if (database.Length == 0)
            throw Wrong("The storage URL names no database after the host");
        if (database.Length > 64 || database.Contains('/', StringComparison.Ordinal))
            throw Wrong("The database name in the storage URL is longer than 64 characters or contains a '/'");

        return new MySqlUrl(user, password, host, port, database, Options(question < 0 ? "" : tail[(question + 1)..]));
    }

    private static (string User, string Password) UserInfo(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var user = Decoded(colon < 0 ? text : text[..colon], "user");
        if (user.Length == 0)
            throw Wrong("The user in the storage URL is empty");

        return (user, colon < 0 ? "" : Decoded(text[(colon + 1)..], "password"));
    }

    private static (string Host, int Port) HostAndPort(string text)
    {
        // An IPv6 address stands in brackets, since it has colons of its own.
        var hostEnd = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        if (text.StartsWith('[') && hostEnd == 0)
            throw Wrong("The host in the storage URL opens with '[' and has no ']'");

        var host = (hostEnd < 0 ? text : text[..hostEnd]).Trim('[', ']');
        var after = hostEnd < 0 ? "" : text[hostEnd..];
        if (host.Length == 0)
            throw Wrong("The storage URL names no host");
        if (host.Any(c => c is ';' or ',' or '=' || char.IsWhiteSpace(c)))
            throw Wrong("The host in the storage URL contains a character no host name has");
        if (after.Length == 0)
            return (host, DefaultPort);
        if (after[0] != ':' ||
            !int.TryParse(after[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ||
            port is < 1 or > 65535)
        {
            throw Wrong("The port in the storage URL is not a number from 1 to 65535");
        }

        return (host, port);
    }

    private static MySqlSslMode Options(string query)
    {
        var mode = MySqlSslMode.Preferred;
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            if (!pair[0].Equals("ssl-mode", StringComparison.OrdinalIgnoreCase))
                throw Wrong($"The storage URL has the option '{pair[0]}'; the only one known is ssl-mode");
            if (pair.Length < 2 || !SslModes.TryGetValue(pair[1], out mode))
                throw Wrong("ssl-mode in the storage URL must be disabled, preferred, required, verify-ca or verify-identity");
        }

        return mode;
    }

    private static string Decoded(string text, string part)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                throw Wrong($"The {part} in the storage URL has a '%' that is not followed by two hexadecimal digits; write %25 for the sign itself");
        }

        return Uri.UnescapeDataString(text);
    }
}
