using System.Diagnostics;
using Optuna.Coordinator.Storage;

namespace Optuna.Tests.Storage;

public sealed class SqliteOwnerTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_owner_is_refused_and_told_where_to_look()
    {
        using var first = SqliteOwner.Take(_folder.Url());

        var refusal = Assert.Throws<StorageRefusedException>(() => SqliteOwner.Take(_folder.Url()));

        Assert.Contains(_folder.Url().File + ".owner", refusal.Message);
    }

    [Fact]
    public void Another_file_in_the_same_folder_has_another_owner()
    {
        using var first = SqliteOwner.Take(_folder.Url());
        using var other = SqliteOwner.Take(_folder.Url("other.db"));
    }

    [Fact]
    public void A_file_given_up_can_be_owned_again()
    {
        SqliteOwner.Take(_folder.Url()).Dispose();

        SqliteOwner.Take(_folder.Url()).Dispose();
    }

    [Fact]
    public async Task A_link_to_the_file_is_the_file()
    {
        await JournalSchema.PrepareAsync(_folder.Url());
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.db"), Path.Combine(_folder.Path, "studies.db"));
        using var first = SqliteOwner.Take(_folder.Url());

        Assert.Throws<StorageRefusedException>(() => SqliteOwner.Take(_folder.Url("link.db")));
    }

    [Fact]
    public async Task The_kill_of_an_owner_frees_the_file()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "needs flock(1), which takes the same lock from another process");
        var side = _folder.Url().File + ".owner";
        using var owner = Process.Start(new ProcessStartInfo("/usr/bin/flock")
        {
            // It says when it has the lock, then waits for ever.
            ArgumentList = { "--exclusive", "--no-fork", side, "sh", "-c", "echo held; exec sleep infinity" },
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("held", await owner.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            var refusal = Assert.Throws<StorageRefusedException>(() => SqliteOwner.Take(_folder.Url()));
            Assert.Contains("in use by another coordinator", refusal.Message);
        }
        finally
        {
            owner.Kill();
            await owner.WaitForExitAsync();
        }

        SqliteOwner.Take(_folder.Url()).Dispose();
    }
}
