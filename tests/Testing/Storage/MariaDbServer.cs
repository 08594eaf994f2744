using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MySqlConnector;
using Optuna.Testing.Processes;

namespace Optuna.Testing.Storage;

/// <summary>
/// A MariaDB server of its own for tests: loopback only, data in a folder that goes with it, durability as shipped.
/// </summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private const string User = "optuna";
    private const string Loopback = "127.0.0.1";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder;
    private readonly string _address;
    private readonly IReadOnlyList<string> _within;
    // With characters a URL must escape, so that every test proves that they are.
    private readonly string _password = "p@ss:/" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private Process? _process;
    private int _databases;

    private MariaDbServer(DirectoryInfo folder, string address, IReadOnlyList<string> within) =>
        (_folder, _address, _within) = (folder, address, within);

    public int Port { get; private set; }

    /// <summary>Null while it does not run.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>For statements no coordinator makes; may do everything on the server.</summary>
    public string AdminConnectionString => new MySqlConnectionStringBuilder
    {
        Server = _address,
        Port = (uint)Port,
        UserID = User,
        Password = _password,
        Pooling = false,
    }.ConnectionString;

    private string Data => Path.Combine(_folder.FullName, "data");

    // On loopback only this machine's own; in a network of its own whoever is in it.
    private string Clients => _address == Loopback ? Loopback : "%";

    private string Log => Path.Combine(_folder.FullName, "server.log");

    /// <param name="address">Where it listens and nowhere else.</param>
    /// <param name="within">Words before the server's own command, such as those that enter a network namespace.</param>
    /// <exception cref="InvalidOperationException">MariaDB is not installed, or does not start; its log is in the message.</exception>
    public static async Task<MariaDbServer> StartAsync(CancellationToken cancel = default, string address = Loopback, IReadOnlyList<string>? within = null)
    {
        var server = new MariaDbServer(Directory.CreateTempSubdirectory("optuna-db-"), address, within ?? []);
        try
        {
            await server.InstallAsync(cancel);
            // The port is free when chosen and might be taken when used.
            for (var attempt = 1; ; attempt++)
            {
                server.Port = FreePort();
                if (await server.TryRunAsync(cancel))
                    return server;
                if (attempt == 3)
                    throw new InvalidOperationException($"mariadbd does not start:\n{server.LogTail()}");
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A database nobody else uses, as a storage URL.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancel = default)
    {
        var name = $"optuna_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}", cancel);
        return UrlOf(name);
    }

    public string UrlOf(string database, string? user = null, string? password = null) =>
        $"mysql://{user ?? User}:{Uri.EscapeDataString(password ?? _password)}@{_address}:{Port}/{database}";

    public async Task ExecuteAsync(string sql, CancellationToken cancel = default)
    {
        await using var connection = new MySqlConnection(AdminConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A counter of the server's, such as <c>Com_commit</c>, since its start.</summary>
    public async Task<long> CounterAsync(string name, CancellationToken cancel = default)
    {
        await using var connection = new MySqlConnection(AdminConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new MySqlCommand("SELECT variable_value FROM information_schema.global_status WHERE variable_name = @name", connection);
        command.Parameters.AddWithValue("name", name);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>As a power switch would, without a chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;

        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public void Freeze() => Signals.Send(_process!.Id, Signals.Stop);

    public void Thaw() => Signals.Send(_process!.Id, Signals.Continue);

    /// <summary>On the same data and port as before.</summary>
    public async Task StartAgainAsync(CancellationToken cancel = default)
    {
        if (_process is not null)
            throw new InvalidOperationException("The server is running.");
        if (!await TryRunAsync(cancel))
            throw new InvalidOperationException($"mariadbd does not start again:\n{LogTail()}");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private async Task InstallAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Find("mariadb-install-db"))
        {
            ArgumentList =
            {
                "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", "--datadir=" + Data,
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        AtHome(start);

        using var install = Process.Start(start)!;
        install.StandardInput.Close();
        var output = install.StandardOutput.ReadToEndAsync(cancel);
        var errors = install.StandardError.ReadToEndAsync(cancel);
        await install.WaitForExitAsync(cancel);
        if (install.ExitCode != 0)
            throw new InvalidOperationException($"mariadb-install-db failed:\n{await output}\n{await errors}");

        // Run by the server at every start: the one account of these tests, and none of root's that the network reaches.
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "init.sql"),
            $"""
            CREATE USER IF NOT EXISTS '{User}'@'{Clients}' IDENTIFIED BY '{_password}';
            GRANT ALL ON *.* TO '{User}'@'{Clients}' WITH GRANT OPTION;
            DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1';
            """,
            cancel);
    }

    private async Task<bool> TryRunAsync(CancellationToken cancel)
    {
        List<string> command = [.. _within, Find("mariadbd")];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            ArgumentList =
            {
                "--no-defaults",
                "--datadir=" + Data,
                "--socket=" + Path.Combine(_folder.FullName, "s"),
                "--pid-file=" + Path.Combine(_folder.FullName, "pid"),
                "--log-error=" + Log,
                "--init-file=" + Path.Combine(_folder.FullName, "init.sql"),
                "--bind-address=" + _address,
                "--port=" + Port,
                "--skip-name-resolve",
                "--max-connections=500",
                // As docs/failure-modes.md advises: a coordinator frozen inside a transaction keeps its locks no longer.
                "--idle-write-transaction-timeout=5",
                "--innodb-buffer-pool-size=64M",
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        AtHome(start);

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;

        var waited = Stopwatch.StartNew();
        while (!process.HasExited && waited.Elapsed < StartPatience)
        {
            if (await AnswersAsync(cancel))
                return true;
            await Task.Delay(100, cancel);
        }

        await KillAsync();
        return false;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await ExecuteAsync("SELECT 1", cancel);
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    private string LogTail() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(20)) : "(no log)";

    private void AtHome(ProcessStartInfo start)
    {
        // A starting server tidies its temporary folder; in a shared one it removes the tables of another that is at work.
        start.Environment["TMPDIR"] = _folder.FullName;
        if (Environment.IsPrivilegedProcess)
            start.ArgumentList.Add("--user=root");
    }

    // Debian keeps the server in a folder that is not in everyone's PATH.
    private static string Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin", "/usr/libexec"]);
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"{program} is not installed; these tests need MariaDB (Debian: apt-get install mariadb-server-core mariadb-client-core).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
