using MySqlConnector;
using Optuna.Coordinator.Storage;

namespace Optuna.Tests.Storage;

public sealed class StorageUrlTests
{
    [Theory]
    [InlineData("sqlite:///studies.db", "studies.db")]
    [InlineData("sqlite:///data/studies.db", "data/studies.db")]
    [InlineData("sqlite:////var/lib/studies.db", "/var/lib/studies.db")]
    [InlineData("SQLite:///a b%20c.db", "a b%20c.db")]
    [InlineData("  sqlite:///studies.db\n", "studies.db")]
    public void A_sqlite_url_names_its_file_as_SQLAlchemy_reads_it(string text, string path)
    {
        var url = Assert.IsType<SqliteUrl>(StorageUrl.Parse(text));

        Assert.Equal(path, url.Path);
        Assert.Equal(Path.GetFullPath(path), url.File);
        Assert.Contains($"Data Source={(path.Contains(' ') ? $"\"{url.File}\"" : url.File)}", url.ConnectionString);
    }

    [Theory]
    [InlineData("mysql://ada:secret@db/studies", "ada", "secret", "db", 3306, "studies", MySqlSslMode.Preferred)]
    [InlineData("mysql+pymysql://ada:secret@db:3307/studies", "ada", "secret", "db", 3307, "studies", MySqlSslMode.Preferred)]
    [InlineData("mariadb://ada@10.0.0.1/studies", "ada", "", "10.0.0.1", 3306, "studies", MySqlSslMode.Preferred)]
    [InlineData("mysql://a%40b:p%3A%2F%40%25@db/s%20t", "a@b", "p:/@%", "db", 3306, "s t", MySqlSslMode.Preferred)]
    [InlineData("mysql://ada:p@ss:word@db/studies", "ada", "p@ss:word", "db", 3306, "studies", MySqlSslMode.Preferred)]
    [InlineData("mysql://ada:secret@[::1]:3307/studies", "ada", "secret", "::1", 3307, "studies", MySqlSslMode.Preferred)]
    [InlineData("mysql://ada:a;b=c'\"@db/studies?ssl-mode=required", "ada", "a;b=c'\"", "db", 3306, "studies", MySqlSslMode.Required)]
    [InlineData("mysql://ada:s@db/studies?ssl-mode=DISABLED", "ada", "s", "db", 3306, "studies", MySqlSslMode.None)]
    [InlineData("mysql://ada:s@db/studies?ssl-mode=verify_identity", "ada", "s", "db", 3306, "studies", MySqlSslMode.VerifyFull)]
    public void A_mysql_url_gives_the_driver_all_its_parts(
        string text, string user, string password, string host, int port, string database, MySqlSslMode mode)
    {
        var url = Assert.IsType<MySqlUrl>(StorageUrl.Parse(text));

        var driver = new MySqlConnectionStringBuilder(url.ConnectionString);
        Assert.Equal(
            (user, password, host, (uint)port, database, mode),
            (driver.UserID, driver.Password, driver.Server, driver.Port, driver.Database, driver.SslMode));
    }

    [Theory]
    [InlineData("", "must look like")]
    [InlineData("studies.db", "must look like")]
    [InlineData("postgresql://ada:hunter2@db/studies", "scheme")]
    [InlineData("sqlite://", "in memory")]
    [InlineData("sqlite://studies.db", "three slashes")]
    [InlineData("sqlite:///", "names no file")]
    [InlineData("sqlite:///:memory:", "in memory")]
    [InlineData("sqlite:///folder/", "names the folder folder/")]
    [InlineData("sqlite:///studies.db?mode=ro", "no options")]
    [InlineData("mysql://db/studies", "names no user")]
    [InlineData("mysql://:hunter2@db/studies", "user in the storage URL is empty")]
    [InlineData("mysql://ada:hunter2@/studies", "names no host")]
    [InlineData("mysql://ada:hunter2@:3306/studies", "names no host")]
    [InlineData("mysql://ada:hunter2@db", "names no database")]
    [InlineData("mysql://ada:hunter2@db/", "names no database")]
    [InlineData("mysql://ada:hunter2@db/a/b", "contains a '/'")]
    [InlineData("mysql://ada:hunter2@db:0/studies", "port")]
    [InlineData("mysql://ada:hunter2@db:65536/studies", "port")]
    [InlineData("mysql://ada:hunter2@db:x/studies", "port")]
    [InlineData("mysql://ada:hunter2@db:/studies", "port")]
    [InlineData("mysql://ada:hunter2@[::1/studies", "']'")]
    [InlineData("mysql://ada:hunter2@d;b/studies", "no host name has")]
    [InlineData("mysql://ada:hunter2%@db/studies", "'%'")]
    [InlineData("mysql://ada:hunter2%zz@db/studies", "'%'")]
    [InlineData("mysql://ada:x/hunter2@db/studies", "%2F")]
    [InlineData("mysql://a@da:x/hunter2@db/studies", "port")]
    [InlineData("mysql://a@da/x?hunter2=@db/studies", "'@' after the host")]
    [InlineData("mysql://ada:hunter2@db/studies?charset=utf8", "'charset'")]
    [InlineData("mysql://ada:hunter2@db/studies?ssl-mode=maybe", "ssl-mode")]
    [InlineData("mysql://ada:hunter2@db/studies?ssl-mode", "ssl-mode")]
    public void A_bad_url_is_refused_with_what_is_wrong_and_without_the_password(string text, string clue)
    {
        var refusal = Assert.Throws<ArgumentException>(() => StorageUrl.Parse(text));

        Assert.Contains(clue, refusal.Message);
        Assert.EndsWith(".", refusal.Message);
        Assert.DoesNotContain("hunter2", refusal.Message);
    }

    [Theory]
    [InlineData("mysql://ada:hunter2@db/studies", "mysql://ada:***@db:3306/studies")]
    [InlineData("mariadb://a%40b:hunter2@[::1]:99/s?ssl-mode=required", "mysql://a%40b:***@[::1]:99/s?ssl-mode=required")]
    [InlineData("sqlite:////x/y.db", "sqlite:////x/y.db")]
    public void A_url_in_words_hides_the_password(string text, string masked)
    {
        Assert.Equal(masked, StorageUrl.Parse(text).ToString());
        Assert.Equal(masked, $"{StorageUrl.Parse(text)}");
    }

    [Fact]
    public void Two_spellings_of_one_address_are_equal_and_another_password_is_not()
    {
        Assert.Equal(StorageUrl.Parse("mysql://a:p@db/s"), StorageUrl.Parse("mariadb://a:%70@db:3306/s"));
        Assert.NotEqual(StorageUrl.Parse("mysql://a:p@db/s"), StorageUrl.Parse("mysql://a:q@db/s"));
    }
}
