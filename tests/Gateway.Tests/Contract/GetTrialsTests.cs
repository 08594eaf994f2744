using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Contract;

/// <summary>The call Optuna's client caches by: everything above the last finished id, and what was unfinished.</summary>
public sealed class GetTrialsTests(ServedNode node) : ContractTest(node)
{
    [Fact]
    public async Task Trials_above_an_id_and_named_ones_are_answered_in_order()
    {
        var study = await Storage.CreateStudyAsync();
        var ids = new List<long>();
        for (var i = 0; i < 6; i++)
            ids.Add(await Storage.CreateTrialAsync(study));
        var foreign = await Storage.CreateTrialAsync(await Storage.CreateStudyAsync());

        async Task ExpectAsync(IEnumerable<long> expected, long above, params long[] named) =>
            Assert.Equal(expected, (await Storage.TrialsAsync(study, above, named)).Select(t => t.TrialId));

        await ExpectAsync(ids, -1);
        await ExpectAsync(ids, 0);
        await ExpectAsync(ids[4..], ids[3]);
        await ExpectAsync([ids[0], ids[2], .. ids[4..]], ids[3], ids[2], ids[0], ids[2], ids[5]);
        await ExpectAsync([], ids[5]);
        await ExpectAsync([ids[1]], ids[5], ids[1], foreign, 7, -3, long.MaxValue);
        await ExpectAsync([], long.MaxValue);
    }

    [Fact]
    public async Task Every_change_is_there_as_soon_as_it_was_acknowledged()
    {
        var study = await Storage.CreateStudyAsync();
        var waiting = await Storage.CreateTrialAsync(study, new W.Trial { State = W.TrialState.Waiting });
        var trial = await Storage.CreateTrialAsync(study);

        async Task<W.Trial> SeenAsync() => (await Storage.TrialsAsync(study, trial, trial, waiting)).Single(t => t.TrialId == trial);

        await Storage.SetParamAsync(trial, "x", 0.5, Unit);
        Assert.Equal(0.5, (await SeenAsync()).Params["x"]);
        await Storage.SetIntermediateAsync(trial, 4, 2.5);
        Assert.Equal(2.5, (await SeenAsync()).IntermediateValues[4]);
        await Storage.SetUserAttrAsync(trial, "u", "1");
        Assert.Equal("1", (await SeenAsync()).UserAttributes["u"]);
        await Storage.SetStateAsync(waiting, W.TrialState.Running);
        Assert.Equal(W.TrialState.Running, (await Storage.TrialsAsync(study))[0].State);
        await Storage.SetStateAsync(trial, W.TrialState.Complete, 3);
        Assert.Equal(3, (await SeenAsync()).Values[0]);
        Assert.Equal(await Storage.TrialAsync(trial), await SeenAsync());
    }

    [Fact]
    public async Task Ids_become_visible_in_order_while_many_write()
    {
        var study = await Storage.CreateStudyAsync();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(async w =>
        {
            for (var i = 0; i < 25; i++)
            {
                var trial = await Storage.CreateTrialAsync(study);
                await Storage.SetParamAsync(trial, "x", w, Unit);
                await Storage.SetStateAsync(trial, W.TrialState.Complete, w);
                Assert.Equal(W.TrialState.Complete, (await Storage.TrialsAsync(study, long.MaxValue, trial)).Single().State);
            }
        }).ToList();
        var reader = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                Assert.All((await Storage.TrialsAsync(study)).Select((trial, place) => (trial.Number, place)), t => Assert.Equal(t.place, t.Number));
        });
        await Task.WhenAll(writers);
        await stop.CancelAsync();
        await reader;
        Assert.All(await Storage.TrialsAsync(study), t => Assert.Equal((W.TrialState.Complete, 1), (t.State, t.Params.Count)));
    }

    [Fact]
    public async Task More_than_a_page_of_trials_and_long_attributes_come_whole()
    {
        var study = await Storage.CreateStudyAsync();
        var text = $"\"{new string('x', 2_000_000)}\"";
        var template = new W.Trial { State = W.TrialState.Waiting, UserAttributes = { ["long"] = text } };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Storage.CreateTrialAsync(study, template)));
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => Storage.CreateTrialAsync(
            study, new W.Trial { State = i % 2 == 0 ? W.TrialState.Complete : W.TrialState.Waiting, Values = { i } })));
        var trials = await Storage.TrialsAsync(study);
        Assert.Equal(Enumerable.Range(0, 1204).Select(i => (long)i), trials.Select(t => t.Number));
        Assert.Equal(4, trials.Count(t => t.UserAttributes.TryGetValue("long", out var value) && value == text));
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => (double)i), trials.Where(t => t.Values.Count > 0).Select(t => t.Values[0]).Order());
    }
}
