using Optuna.Cli.Transfer;
using Optuna.Cli.Transfer.JournalFile;
using Optuna.Cli.Transfer.Rdb;
using Optuna.Trials;

namespace Optuna.Tests;

public sealed class TargetTests(TransferFixture stores)
{
    private static readonly FrozenTrial s_nan = new()
    {
        Number = 0, State = TrialState.Pruned, Values = [double.NaN], DatetimeStart = HandMade.Noon, DatetimeComplete = HandMade.Noon,
    };

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    [InlineData("journal")]
    public async Task What_is_written_is_read_again(string kind)
    {
        var (_, _, lines) = await HandMade.ReadAsync(await HandMade.StoreAsync(await stores.NewStoreAsync(kind)));

        var written = HandMade.Trials.Select(t => Seen.Line(t)).ToArray();
        // A journal holds values and no texts: they come out in Python's spelling.
        if (kind == "journal")
            written[0] = written[0].Replace("\\\"\\u00fc\\\"", "\\\"\\\\u00fc\\\"", StringComparison.Ordinal).Replace(":  [1,2]", ": [1, 2]", StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Contains("[3, NaN], [9, 1.0]", lines[1]);
        Assert.Equal(written[2], lines[3]);
        if (kind != "mysql")
            Assert.Equal(written, lines[1..]);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("journal")]
    public async Task What_is_not_committed_leaves_no_trace(string kind)
    {
        var url = await stores.NewStoreAsync(kind);
        await using (var target = await ForeignStores.OpenTargetAsync("--to", url, null, null, default))
            await target.WriteAsync(HandMade.Study(), HandMade.Stream(HandMade.Trials), default);

        var path = ForeignUrl.Parse("--to", url) is ForeignUrl.Journal journal ? journal.Path : url["sqlite:///".Length..];
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    public async Task A_value_that_tables_cannot_hold_is_refused_and_nothing_is_written(string kind)
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync(kind));
        var before = (await HandMade.ReadAsync(url)).Lines;

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(async () =>
        {
            await using var target = await ForeignStores.OpenTargetAsync("--to", url, null, null, default);
            await target.WriteAsync(HandMade.Study("t"), HandMade.Stream([s_nan]), default);
        });

        Assert.Contains("Study 't', trial 0: Optuna's tables have no place for the value NaN", refused.Message);
        Assert.Equal(before, (await HandMade.ReadAsync(url)).Lines);
    }

    [Fact]
    public async Task A_text_that_MySQL_would_cut_off_is_refused()
    {
        var trial = new FrozenTrial { Number = 0, State = TrialState.Waiting, UserAttrs = [KeyValuePair.Create("long", $"\"{new string('x', 65_534)}\"")] };

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(async () => await HandMade.StoreAsync(await stores.NewStoreAsync("mysql"), [trial]));

        Assert.Contains("the text of 'long' is longer than", refused.Message);
        Assert.Equal(2, (await HandMade.ReadAsync(await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"), [trial]))).Lines.Length);
    }

    [Fact]
    public async Task Tables_of_another_version_are_not_written_into()
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"));

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(() => ForeignStores.OpenTargetAsync("--to", url, RdbVersion.V300D, null, default));

        Assert.Contains("are of version v3.2.0.a already", refused.Message);
    }

    [Fact]
    public async Task A_database_with_a_part_of_the_tables_is_not_written_into()
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"));
        await HandMade.ExecuteAsync(url, "DROP TABLE trial_heartbeats");

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(() => ForeignStores.OpenTargetAsync("--to", url, null, null, default));

        Assert.Contains("trial_heartbeats is missing", refused.Message);
    }

    [Fact]
    public async Task Nothing_is_appended_to_a_line_that_is_not_whole()
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync("journal"));
        var path = url["journal:///".Length..];
        await File.AppendAllTextAsync(path, "{\"op_code\":");
        var before = await File.ReadAllTextAsync(path);

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(async () =>
        {
            await using var target = await ForeignStores.OpenTargetAsync("--to", url, null, null, default);
            await target.WriteAsync(HandMade.Study("t"), HandMade.Stream([]), default);
            await target.CommitAsync(default);
        });

        Assert.Contains("line 7, is not whole", refused.Message);
        Assert.Equal(before, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_name_that_was_taken_meanwhile_is_refused_under_the_lock()
    {
        var url = await stores.NewStoreAsync("journal");
        await using var late = await ForeignStores.OpenTargetAsync("--to", url, null, null, default);
        await late.WriteAsync(HandMade.Study(), HandMade.Stream(HandMade.Trials), default);
        await HandMade.StoreAsync(url);
        var before = (await HandMade.ReadAsync(url)).Lines;

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(() => late.CommitAsync(default));

        Assert.Contains("a study 's' is there already", refused.Message);
        Assert.Equal(before, (await HandMade.ReadAsync(url)).Lines);
    }

    [Fact]
    public async Task The_lock_is_waited_for_and_given_back()
    {
        var path = stores.NewPath("log");
        var first = await JournalFileLock.TakeAsync(path, TimeSpan.Zero, default);
        var refused = await Assert.ThrowsAsync<TransferRefusedException>(() => JournalFileLock.TakeAsync(path, TimeSpan.Zero, default));
        var waiting = JournalFileLock.TakeAsync(path, TimeSpan.FromMinutes(1), default);
        Assert.False(waiting.IsCompleted);

        first.Dispose();

        using (await waiting)
            Assert.Equal(path, new FileInfo(path + ".lock").LinkTarget);
        Assert.Null(new FileInfo(path + ".lock").LinkTarget);
        Assert.Contains("another program holds the lock", refused.Message);
    }
}
