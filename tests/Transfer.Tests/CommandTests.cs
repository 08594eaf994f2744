using Optuna.Cli.Transfer;
using Optuna.Trials;

namespace Optuna.Tests;

/// <summary>The two verbs: what they refuse, and that nothing is left of what was refused.</summary>
public sealed class CommandTests(TransferFixture stores)
{
    [Theory]
    [InlineData("--from", "import")]
    [InlineData("--to", "export")]
    [InlineData("--from: The storage URL begins with a scheme", "import", "--from", "postgresql://u:secret@h/d")]
    [InlineData("--from: A journal URL has three slashes", "import", "--from", "journal://studies.log")]
    [InlineData("--from: The journal URL names no file", "import", "--from", "journal:///")]
    [InlineData("--from: there is no file no/such.log", "import", "--from", "journal:///no/such.log")]
    [InlineData("--from: there is no file no/such.db", "import", "--from", "sqlite:///no/such.db")]
    [InlineData("--from: nothing answers as a MySQL", "import", "--from", "mysql://u:secret@127.0.0.1:1/d")]
    [InlineData("--times: 'gmt' is not one of utc, local", "import", "--from", "sqlite:///no/such.db", "--times", "gmt")]
    [InlineData("--to: the folder", "export", "--to", "sqlite:///no/such.db")]
    [InlineData("--to: the folder", "export", "--to", "journal:///no/such.log")]
    [InlineData("--schema: 'v1' is not one of v3.0.0.d, v3.2.0.a", "export", "--to", "sqlite:///no/such.db", "--schema", "v1")]
    [InlineData("--schema: only for databases", "export", "--to", "journal:///no/such.log", "--schema", "v3.2.0.a")]
    public async Task Bad_input_is_named(string named, string verb, params string[] args)
    {
        await using var ours = await stores.StartAsync();

        var refusal = (await Run.CtlAsync([verb, "--storage", ours.Node.Url, .. args])).Refusal();

        Assert.Contains(named, refusal);
        Assert.DoesNotContain("secret", refusal);
    }

    [Fact]
    public async Task A_refused_import_makes_no_storage()
    {
        var (store, own) = (await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite")), await stores.NewStoreAsync("sqlite"));
        await HandMade.ExecuteAsync(store, "UPDATE trials SET state = 'DONE' WHERE number = 2");

        var refusal = (await Run.CtlAsync("import", "--from", store, "--storage", own)).Refusal();

        Assert.Contains("trial 2: the state 'DONE'", refusal);
        Assert.False(File.Exists(own["sqlite:///".Length..]));
    }

    [Fact]
    public async Task A_storage_can_be_opened_for_both_and_a_name_that_is_taken_is_refused_on_either_side()
    {
        var store = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"));
        var (own, back) = (await stores.NewStoreAsync("sqlite"), await stores.NewStoreAsync("journal"));

        Assert.Equal("s", (await Run.CtlAsync("import", "--from", store, "--storage", own, "-q")).Result());
        Assert.Equal("s", (await Run.CtlAsync("export", "--to", back, "--storage", own, "-q", "--study-name", "s")).Result());
        var before = await HandMade.ReadAsync(back);

        Assert.Contains("'s' is there already", (await Run.CtlAsync("import", "--from", store, "--storage", own)).Refusal());
        Assert.Contains("--to: a study 's' is there already", (await Run.CtlAsync("export", "--to", back, "--storage", own)).Refusal());
        Assert.Contains("no study 'other'", (await Run.CtlAsync("import", "--from", store, "--storage", own, "--study-name", "other")).Refusal());
        Assert.Contains("'other'", (await Run.CtlAsync("export", "--to", back, "--storage", own, "--study-name", "other")).Refusal());
        Assert.Contains("is the storage's own file", (await Run.CtlAsync("export", "--to", own, "--storage", own)).Refusal());
        Assert.Equal(before.Lines, (await HandMade.ReadAsync(back)).Lines);
    }

    [Fact]
    public async Task An_import_that_breaks_off_leaves_no_half_study()
    {
        await using var ours = await stores.StartAsync();
        var many = Enumerable.Range(0, 1200).Select(i => new FrozenTrial { Number = i, State = TrialState.Waiting });
        var added = 0;

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(() => OurStudy.CreateAsync(
            ours.Client, HandMade.Study("half", 1200), HandMade.Stream(many.Select(t => t.Number < 1100 ? t : throw new IOException("The line went dead."))),
            count => added += count, default));

        Assert.Equal("Study 'half' could not be imported whole and was deleted again: The line went dead.", refused.Message);
        Assert.Equal(1000, added);
        Assert.Empty(await ours.Client.GetStudyNamesAsync());
    }

    [Fact]
    public async Task A_study_that_somebody_else_adds_to_while_it_is_imported_is_deleted_again()
    {
        await using var ours = await stores.StartAsync();
        var trials = Enumerable.Range(0, 600).Select(i =>
        {
            if (i == 550)
                ours.Client.LoadStudyAsync("s").Result.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 1 });
            return new FrozenTrial { Number = i, State = TrialState.Waiting };
        });

        var refused = await Assert.ThrowsAsync<TransferRefusedException>(() => OurStudy.CreateAsync(
            ours.Client, HandMade.Study("s", 600), HandMade.Stream(trials), _ => { }, default));

        Assert.Contains("somebody else adds trials too", refused.Message);
        Assert.Empty(await ours.Client.GetStudyNamesAsync());
    }

    [Fact]
    public async Task An_imported_study_has_the_coordinators_sampler_and_goes_on()
    {
        await using var ours = await stores.StartAsync();
        (await ours.ImportAsync(await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite")))).Result();

        var study = await ours.Client.LoadStudyAsync("s");
        // The waiting one first.
        Assert.Equal((2, 3), (study.Ask().Number, study.Ask().Number));
        Assert.Equal("tpe", (await study.GetSummaryAsync()).Sampler.Name);
        Assert.Equal(0.25, study.BestValue);
    }

    [Fact]
    public async Task Long_attributes_travel_in_smaller_portions_and_one_that_is_too_long_is_refused()
    {
        FrozenTrial Trial(int number, int length) => new()
        {
            Number = number, State = TrialState.Waiting, UserAttrs = [KeyValuePair.Create("log", $"\"{new string('x', length)}\"")],
        };
        await using var ours = await stores.StartAsync();
        var store = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"), Enumerable.Range(0, 40).Select(i => Trial(i, 500_000)));
        var back = await stores.NewStoreAsync("sqlite");

        (await ours.ImportAsync(store)).Result();
        (await ours.ExportAsync(back)).Result();

        Assert.Equal((await HandMade.ReadAsync(store)).Lines, (await HandMade.ReadAsync(back)).Lines);
        var tooLong = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"), [Trial(0, 5_000_000)]);
        Assert.Contains("trial 0: its attributes and values are larger than the 4 MiB", await HandMade.RefusalAsync(tooLong));
    }
}
