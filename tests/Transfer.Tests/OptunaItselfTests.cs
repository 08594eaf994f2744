using Optuna.Json;
using Optuna.Trials;

namespace Optuna.Tests;

/// <summary>The real Optuna 3.1 on the other side, on every kind of store it has.</summary>
public sealed class OptunaItselfTests(TransferFixture stores)
{
    // What write.py makes of a parameter, and what becomes of it in a store of Optuna 3.
    private const string
        OldUniform = """{\"name\": \"UniformDistribution\", \"attributes\": {\"low\": -10.0, \"high\": 10.0}}""",
        NewUniform = """{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -10.0, \"high\": 10.0, \"log\": false}}""";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    [InlineData("journal")]
    public async Task What_Optuna_writes_is_read_equal(string kind)
    {
        var store = await stores.NewStoreAsync(kind);
        await Run.OptunaAsync("write.py", store);
        await using var ours = await stores.StartAsync();

        var imported = await ours.ImportAsync(store);

        Assert.Equal(["first ž 'one'", "pareto", "live", "nothing yet"], imported.Result().Split('\n'));
        Assert.Contains("studies 4, trials 21", imported.Error);
        Assert.Equal(await Run.OptunaAsync("dump.py", store), await Seen.ByUsAsync(ours.Client));
        // As they were suggested, which Optuna's own tables do not give back.
        var second = (await ours.Client.LoadStudyAsync("first ž 'one'")).Trials[1];
        Assert.Equal(["x", "lr ü", "coarse", "n", "width", "kind", "a conditional one"], second.ParamList.Select(p => p.Name));
    }

    [Theory]
    [InlineData("sqlite", "--schema", "v3.0.0.d")]
    [InlineData("mysql", "--schema", "v3.0.0.d")]
    [InlineData("journal", "--times", "local")]
    [InlineData("journal")]
    public async Task What_was_imported_goes_back_equal_and_Optuna_works_on_with_it(string kind, params string[] options)
    {
        var (store, target) = (await stores.NewStoreAsync("sqlite"), await stores.NewStoreAsync(kind));
        await Run.OptunaAsync("write.py", store);
        var original = (await Run.OptunaAsync("dump.py", store)).Select(l => l.Replace(OldUniform, NewUniform, StringComparison.Ordinal)).ToArray();
        Assert.Contains(original, l => l.Contains(NewUniform, StringComparison.Ordinal));
        await using var ours = await stores.StartAsync();
        (await ours.ImportAsync(store)).Result();

        var exported = await ours.ExportAsync(target, options);

        Assert.Equal(4, exported.Result().Split('\n').Length);
        var back = await Run.OptunaAsync("dump.py", target);
        // MySQL's DATETIME rounds to seconds, as it does for Optuna.
        Assert.Equal(kind == "mysql" ? [.. original.Select(WithoutTimes)] : original, kind == "mysql" ? [.. back.Select(WithoutTimes)] : back);

        var best = (await ours.Client.LoadStudyAsync("first ž 'one'")).BestTrial;
        var gone = await Run.OptunaAsync("go_on.py", target, "first ž 'one'");
        Assert.Equal(PythonJson.Write(new object?[] { (long)best.Number, best.Value, Sorted(best) }), SortedBest(gone[0]));
        Assert.Equal("[12, 13, 14]", gone[1]);

        var live = await Run.OptunaAsync("go_on.py", target, "live");
        Assert.Equal("[4, 5, 6]", live[1]);
        Assert.Equal("[\"COMPLETE\"]", live[2]);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    public async Task The_newest_tables_are_refused_by_Optuna_3_1_and_read_by_us(string kind)
    {
        var (store, newest) = (await stores.NewStoreAsync("journal"), await stores.NewStoreAsync(kind));
        await Run.OptunaAsync("write.py", store);
        await using var ours = await stores.StartAsync();
        (await ours.ImportAsync(store)).Result();
        var exported = await ours.ExportAsync(newest);
        Assert.Contains("v3.2.0.a; times are written as UTC, as Optuna 5.0.0 does", exported.Error);

        var refused = await Run.PythonAsync("dump.py", newest);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("no longer compatible with the table schema (set up by optuna 5.0.0)", refused.Error);
        await using var again = await stores.StartAsync();
        Assert.Contains("Times are taken as UTC", (await again.ImportAsync(newest)).Error);
        var (before, after) = (await Seen.ByUsAsync(ours.Client), await Seen.ByUsAsync(again.Client));
        Assert.Equal(kind == "mysql" ? [.. before.Select(WithoutTimes)] : before, kind == "mysql" ? [.. after.Select(WithoutTimes)] : after);
    }

    [Fact]
    public async Task A_study_joins_others_in_a_store_that_Optuna_made()
    {
        foreach (var kind in new[] { "sqlite", "journal" })
        {
            var (store, target) = (await stores.NewStoreAsync("sqlite"), await stores.NewStoreAsync(kind));
            await Run.OptunaAsync("write.py", store);
            await Run.OptunaAsync("write.py", target);
            var before = await Run.OptunaAsync("dump.py", target);
            await using var ours = await stores.StartAsync();
            (await ours.ImportAsync(store, "--study-name", "live")).Result();
            await ours.Client.RenameStudyAsync("live", "~ moved in");

            Assert.Equal("~ moved in", (await ours.ExportAsync(target)).Result());

            var after = await Run.OptunaAsync("dump.py", target);
            Assert.Equal(before, after[..before.Length]);
            Assert.Equal(5, after.Length - before.Length);
            Assert.Equal("[4, 5, 6]", (await Run.OptunaAsync("go_on.py", target, "~ moved in"))[1]);
        }
    }

    private static string WithoutTimes(string line)
    {
        var fields = (List<object?>)PythonJson.Read(line)!;
        if (fields is [long, ..])
            (fields[3], fields[4]) = (fields[3] is null, fields[4] is null);
        return PythonJson.Write(fields);
    }

    private static SortedDictionary<string, object?> Sorted(FrozenTrial trial) => new(trial.Params.ToDictionary(), StringComparer.Ordinal);

    private static string SortedBest(string line)
    {
        var fields = (List<object?>)PythonJson.Read(line)!;
        fields[2] = new SortedDictionary<string, object?>((Dictionary<string, object?>)fields[2]!, StringComparer.Ordinal);
        return PythonJson.Write(fields);
    }
}
