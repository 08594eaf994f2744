using Optuna.Pruners;
using Optuna.Studies;

namespace Optuna.Tests.Cli;

public sealed class StudyVerbTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>
{
    [Fact]
    public async Task A_study_is_created_once_and_its_name_printed()
    {
        var created = await coordinator.RunProgramAsync("create-study", "--study-name", "once", "--direction", "maximize");
        var again = await coordinator.RunAsync("create-study", "--study-name", "once");
        var skipped = await coordinator.RunAsync("create-study", "--study-name", "once", "--skip-if-exists");

        Assert.Equal("once", created.Result());
        Assert.Contains("'once'", again.Refusal());
        Assert.Equal("once", skipped.Result());
        // What was there stays as it was.
        Assert.Equal(StudyDirection.Maximize, (await coordinator.Client.LoadStudyAsync("once")).Direction);
    }

    [Fact]
    public async Task A_study_without_a_name_gets_one_of_its_own()
    {
        var name = (await coordinator.RunAsync("create-study")).Result();

        Assert.Matches("^no-name-[0-9a-f-]{36}$", name);
        Assert.Equal(StudyDirection.Minimize, (await coordinator.Client.LoadStudyAsync(name)).Direction);
    }

    [Theory]
    [InlineData("two words  and žluťoučký 🐎 'quoted' \"twice\"")]
    [InlineData("--looks; like $(options) \\ %s")]
    public async Task Any_name_can_be_created_listed_and_deleted(string name)
    {
        Assert.Equal(name, (await coordinator.RunAsync("create-study", $"--study-name={name}")).Result());

        var listed = (await coordinator.RunAsync("study-names")).Result().Split('\n');
        var deleted = await coordinator.RunAsync("delete-study", $"--study-name={name}", "--quiet");

        Assert.Contains(name, listed);
        Assert.Equal("", deleted.Result());
        await Assert.ThrowsAsync<StudyNotFoundException>(() => coordinator.Client.LoadStudyAsync(name));
    }

    [Fact]
    public async Task Everything_about_a_study_can_be_given()
    {
        (await coordinator.RunAsync(
            "create-study", "--study-name", "all", "--directions", "minimize", "maximize", "--sampler", "random", "--sampler-kwargs", "{}",
            "--pruner", "percentile", "--pruner-kwargs", """{"percentile": 12.5}""", "--seed", "18446744073709551615", "--retry-limit", "7")).Result();

        var summary = await (await coordinator.Client.LoadStudyAsync("all")).GetSummaryAsync();
        Assert.Equal([StudyDirection.Minimize, StudyDirection.Maximize], summary.Directions);
        Assert.Equal(new ComponentSpec("random"), summary.Sampler);
        Assert.Equal(new ComponentSpec("percentile", """{"percentile": 12.5}"""), summary.Pruner);
        Assert.Equal((ulong.MaxValue, new RetryPolicy(7)), (summary.Seed, summary.Retry));
    }

    [Fact]
    public async Task What_is_not_given_is_Optunas_default()
    {
        (await coordinator.RunAsync("create-study", "--study-name", "plain")).Result();

        var summary = await (await coordinator.Client.LoadStudyAsync("plain")).GetSummaryAsync();
        Assert.Equal((new ComponentSpec("tpe"), PrunerCatalog.Default), (summary.Sampler, summary.Pruner));
    }

    [Fact]
    public async Task An_attribute_is_a_text_whatever_it_looks_like()
    {
        var study = await coordinator.Client.CreateStudyAsync("attributed");

        var set = await coordinator.RunProgramAsync("study", "set-user-attr", "--study-name", "attributed", "-k", "answer", "--value", "42");
        var quiet = await coordinator.RunAsync("-q", "study", "set-user-attr", "--study-name", "attributed", "--key", "ü", "--value", "");

        Assert.Equal((0, ""), (set.ExitCode, set.Out));
        Assert.NotEmpty(set.Error);
        Assert.Equal("", quiet.Result());
        Assert.Equal(("\"42\"", "\"\""), (study.UserAttrs["answer"], study.UserAttrs["ü"]));
    }

    [Fact]
    public async Task A_renamed_study_keeps_its_trials()
    {
        var study = await coordinator.Client.CreateStudyAsync("before");
        study.Tell(study.Ask(), 1);

        var renamed = await coordinator.RunAsync("rename-study", "--study-name", "before", "--new-name", "after");

        Assert.Equal("after", renamed.Result());
        Assert.Equal(1, (await (await coordinator.Client.LoadStudyAsync("after")).GetSummaryAsync()).Counts.Complete);
    }
}
