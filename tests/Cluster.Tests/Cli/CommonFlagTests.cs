namespace Optuna.Tests.Cli;

/// <summary>Flags that every verb has, as Optuna's own command line has them.</summary>
public sealed class CommonFlagTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>
{
    [Fact]
    public async Task Errors_come_with_a_trace_and_into_a_file_when_asked_for()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "kept\n");
        try
        {
            var run = await coordinator.RunProgramAsync("trials", "--study-name", "no such", "--debug", "--log-file", file);

            Assert.Equal((2, ""), (run.ExitCode, run.Out));
            Assert.StartsWith("optuna-ctl: There is no study", run.Error);
            Assert.Contains("   at Optuna.", run.Error);
            Assert.Equal("kept\n" + run.Error, await File.ReadAllTextAsync(file));
        }
        finally
        {
            File.Delete(file);
        }

        var unwritable = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "log");
        Assert.StartsWith($"--log-file: '{unwritable}'", (await coordinator.RunProgramAsync("studies", "--log-file", unwritable)).Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JournalFileBackend", "optuna-ctl import")]
    [InlineData("JournalRedisBackend", "optuna-ctl import")]
    [InlineData("JournalFileStorage", "optuna-ctl import")]
    [InlineData("JournalRedisStorage", "optuna-ctl import")]
    [InlineData("InMemoryStorage", "is not one of RDBStorage")]
    [InlineData("RDBStorage", "sqlite:/// and mysql://")]
    public async Task A_class_of_storage_that_is_not_ours_is_refused(string name, string said)
    {
        var refusal = await CtlHere.RefusalAsync("studies", "--storage", coordinator.Url, "--storage-class", name);

        Assert.StartsWith("--storage-class: ", refusal, StringComparison.Ordinal);
        Assert.Contains(said, refusal);
    }

    [Fact]
    public async Task RDBStorage_is_what_a_database_is_anyway() => Assert.Equal(
        "--storage: there is no file nowhere.db.", await CtlHere.RefusalAsync("studies", "--storage", "sqlite:///nowhere.db", "--storage-class", "RDBStorage"));
}
