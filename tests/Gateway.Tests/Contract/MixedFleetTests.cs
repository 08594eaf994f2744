using Optuna.Cluster.Client;
using Optuna.Studies;
using Optuna.Trials;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Contract;

/// <summary>One study, worked on over the storage protocol and over ours.</summary>
public sealed class MixedFleetTests(ServedNode node) : ContractTest(node)
{
    [Fact]
    public async Task What_one_side_does_the_other_sees()
    {
        await using var client = await Node.ConnectAsync();
        var study = await client.CreateStudyAsync(sampler: new ComponentSpec("random"));
        var id = await Storage.StudyIdAsync(study.Name);

        var trial = await study.AskAsync();
        var x = trial.SuggestFloat("x", 0, 1);
        trial.Report(0.25, 3);
        trial.SetUserAttr("u", "é");
        trial.SetConstraint("c", 1.5);
        var seen = (await Storage.TrialsAsync(id)).Single();
        Assert.Equal(W.TrialState.Running, seen.State);
        Assert.Equal((x, Unit), (seen.Params["x"], seen.Distributions["x"]));
        Assert.Equal(0.25, seen.IntermediateValues[3]);
        Assert.Equal("\"\\u00e9\"", seen.UserAttributes["u"]);
        Assert.Equal("1.5", seen.SystemAttributes["constraints:c"]);

        var other = await Storage.CreateTrialAsync(id);
        await Storage.SetParamAsync(other, "x", 0.125, Unit);
        await Storage.SetSystemAttrAsync(other, "constraints:c", "-1.0");
        await Storage.SetIntermediateAsync(other, 0, 9);
        await Storage.SetStateAsync(other, W.TrialState.Complete, 4);
        var read = (await study.GetTrialsAsync())[1];
        Assert.Equal((TrialState.Complete, 4.0, -1.0, 9.0), (read.State, read.Value, read.Constraints["c"], read.IntermediateValues[0]));
        Assert.Equal(0.125, read.Params["x"]);
        Assert.Equal(1, (await study.GetBestTrialAsync()).Number);
    }

    [Fact]
    public async Task A_trial_queued_by_one_side_is_done_by_the_other()
    {
        await using var client = await Node.ConnectAsync();
        var study = await client.CreateStudyAsync(sampler: new ComponentSpec("random"));
        var id = await Storage.StudyIdAsync(study.Name);

        await Storage.CreateTrialAsync(id, new W.Trial { State = W.TrialState.Waiting, SystemAttributes = { ["fixed_params"] = """{"x": 0.75}""" } });
        var trial = await study.AskAsync();
        Assert.Equal((0, 0.75), (trial.Number, trial.SuggestFloat("x", 0, 1)));

        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.5 });
        var queued = (await Storage.TrialsAsync(id))[1];
        Assert.Equal((W.TrialState.Waiting, """{"x": 0.5}"""), (queued.State, queued.SystemAttributes["fixed_params"]));
        Assert.True(await Storage.SetStateAsync(queued.TrialId, W.TrialState.Running));
        Assert.Equal(2, (await study.AskAsync()).Number);
    }

    [Fact]
    public async Task The_budget_of_one_side_counts_the_trials_of_the_other()
    {
        await using var client = await Node.ConnectAsync();
        var study = await client.CreateStudyAsync(sampler: new ComponentSpec("random"));
        var id = await Storage.StudyIdAsync(study.Name);
        for (var i = 0; i < 3; i++)
            await Storage.SetStateAsync(await Storage.CreateTrialAsync(id), W.TrialState.Complete, i);
        await study.OptimizeAsync(t => t.SuggestFloat("x", 0, 1), nTrials: 4);
        Assert.Equal(7, (await Storage.TrialsAsync(id)).Count);
    }
}
