using Microsoft.Data.Sqlite;
using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Cli;

/// <summary>A storage URL instead of a coordinator's address.</summary>
public sealed class OpenedStorageTests(CtlCoordinator coordinator, DatabaseFixture database) : IClassFixture<CtlCoordinator>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-ctl-");

    [Fact]
    public async Task A_new_file_is_made_for_a_new_study_and_opened_again()
    {
        var created = await CtlProcess.RunInAsync(null, _folder.FullName, "create-study", "--study-name", "kept", "--storage", "sqlite:///new.db");
        var listed = await CtlProcess.RunInAsync("sqlite:///new.db", _folder.FullName, "studies", "-f", "value");

        Assert.Equal("kept", created.Result());
        Assert.Equal("kept ('MINIMIZE',) 0", listed.Result());
    }

    [Theory]
    [InlineData("studies")]
    [InlineData("delete-study", "--study-name", "x")]
    [InlineData("study", "set-user-attr", "--study-name", "x", "-k", "k", "--value", "v")]
    public async Task A_mistyped_path_makes_no_file(params string[] args)
    {
        var refusal = (await CtlProcess.RunInAsync("sqlite:///typo.db", _folder.FullName, args)).Refusal();

        Assert.Equal("--storage: there is no file typo.db.", refusal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_file_of_something_else_is_left_alone()
    {
        var database = Path.Combine(_folder.FullName, "other.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE studies (study_id INTEGER PRIMARY KEY)";
            await command.ExecuteNonQueryAsync();
        }

        var text = Path.Combine(_folder.FullName, "notes.txt");
        await File.WriteAllTextAsync(text, new string('n', 200));
        var before = await File.ReadAllBytesAsync(database);

        foreach (var file in new[] { "other.db", "notes.txt" })
        {
            var refusal = (await CtlProcess.RunInAsync($"sqlite:///{file}", _folder.FullName, "studies")).Refusal();
            Assert.Equal($"--storage: the file {file} holds no studies of this program.", refusal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(database));
        Assert.Equal(2, _folder.GetFileSystemInfos().Length);
    }

    [Theory]
    [InlineData("studies")]
    [InlineData("create-study")]
    public async Task The_file_of_a_running_coordinator_is_not_opened_twice(string verb)
    {
        var refusal = (await CtlProcess.RunAsync(verb, "--storage", coordinator.Storage)).Refusal();

        Assert.StartsWith("--storage: ", refusal, StringComparison.Ordinal);
        Assert.Contains("optuna://HOST:PORT", refusal);
        Assert.Empty(await coordinator.Client.GetStudyNamesAsync());
    }

    [Fact]
    public async Task A_refused_database_is_said_without_its_password()
    {
        var refusal = (await CtlProcess.RunAsync("studies", "--storage", "mysql://me:s3cret@127.0.0.1:1/db")).Refusal();

        Assert.Contains("127.0.0.1:1", refusal);
        Assert.DoesNotContain("s3cret", refusal);
    }

    [Fact]
    public async Task On_MariaDB_the_running_coordinators_are_asked_and_nobody_joins_them()
    {
        var storage = await database.Server.CreateDatabaseAsync();
        // Nobody runs yet: the database is opened in the process.
        var created = await CtlProcess.RunInAsync(storage, null, "create-study", "--study-name", "first");
        await using var node = await CoordinatorNode.StartAsync(new CoordinatorOptions { Storage = storage, Port = 0 });

        var listed = await CtlProcess.RunInAsync(storage, null, "study-names", "--verbose");

        Assert.Equal("first", created.Result());
        Assert.Equal((0, "first"), (listed.ExitCode, listed.Out));
        Assert.Contains($"Connected to the coordinator akka.tcp://optuna@{node.Url[OptunaUrl.Scheme.Length..]}", listed.Error);
        Assert.DoesNotContain("JOINING", listed.Error);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
