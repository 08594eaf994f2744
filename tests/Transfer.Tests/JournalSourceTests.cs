namespace Optuna.Tests;

public sealed class JournalSourceTests(TransferFixture stores)
{
    private const string
        Study = """{"op_code":0,"worker_id":"w","study_name":"s","directions":[1]}""",
        Trial = """{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-01-02T03:04:05.000006"}""";

    // Everything of it that Optuna passes over in silence, between things it does not.
    private static readonly string[] s_quarrel =
    [
        Study,
        """{"op_code": 0, "worker_id": "v", "study_name": "s", "directions": [2]}""",
        """{"op_code":0,"worker_id":"w","study_name":"gone","directions":[2,1]}""",
        """{"op_code":4,"worker_id":"w","study_id":1,"datetime_start":"2026-01-02T03:04:05.000006"}""",
        """{"op_code":1,"worker_id":"w","study_id":1}""",
        """{"op_code":1,"worker_id":"w","study_id":1}""",
        """{"op_code":0,"worker_id":"w","study_name":"gone","directions":[2]}""",
        """{"op_code":2,"worker_id":"w","study_id":0,"user_attr":{"k":{"a":[1,NaN,"\u00fc"]}}}""",
        """{"op_code":2,"worker_id":"w","study_id":1,"user_attr":{"k":"of nobody"}}""",
        """{"op_code":3,"worker_id":"w","study_id":2,"system_attr":{"k":Infinity}}""",
        """{"op_code":4,"worker_id":"w","study_id":1,"datetime_start":"2026-01-02T03:04:05.000006"}""",
        Trial,
        """{"op_code":5,"worker_id":"w","trial_id":1,"param_name":"b","param_value_internal":1.0,"distribution":"{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [1, 2]}}"}""",
        """{"op_code":5,"worker_id":"w","trial_id":1,"param_name":"a","param_value_internal":3,"distribution":"{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": 1, \"high\": 10}}"}""",
        """{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-01-02T03:04:06.000006+00:00"}""",
        """{"op_code":5,"worker_id":"w","trial_id":2,"param_name":"a","param_value_internal":3.0,"distribution":"{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 5.0, \"log\": false}}"}""",
        """{"op_code":5,"worker_id":"w","trial_id":2,"param_name":"a","param_value_internal":4.0,"distribution":"{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": 1, \"high\": 4}}"}""",
        """{"op_code":5,"worker_id":"w","trial_id":2,"param_name":"a","param_value_internal":2.0,"distribution":"{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": 1, \"high\": 4}}"}""",
        """{"op_code":6,"worker_id":"v","trial_id":2,"state":0,"values":null,"datetime_start":"2027-01-02T03:04:05.000006"}""",
        """{"op_code":7,"worker_id":"w","trial_id":2,"step":4,"intermediate_value":NaN}""",
        """{"op_code":7,"worker_id":"w","trial_id":2,"step":4,"intermediate_value":2}""",
        """{"op_code":8,"worker_id":"w","trial_id":2,"user_attr":{"z":1.0}}""",
        """{"op_code":8,"worker_id":"w","trial_id":2,"user_attr":{"y":[]}}""",
        """{"op_code":8,"worker_id":"w","trial_id":2,"user_attr":{"z":{"b":1,"a":2}}}""",
        """{"op_code":6,"worker_id":"w","trial_id":2,"state":1,"values":[-Infinity],"datetime_complete":"2026-01-02T03:04:07.000006"}""",
        """{"op_code":6,"worker_id":"w","trial_id":2,"state":3,"values":null,"datetime_complete":"2028-01-02T03:04:07.000006"}""",
        """{"op_code":9,"worker_id":"w","trial_id":2,"system_attr":{"late":1}}""",
        """{"op_code":9,"worker_id":"w","trial_id":77,"system_attr":{"of nobody":1}}""",
        """{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":4,"value":null,"values":null,"distributions":{},"params":{},"user_attrs":{"u":1},"system_attrs":{"fixed_params":{"a":2}},"intermediate_values":{}}""",
        """{"op_code":6,"worker_id":"v","trial_id":3,"state":0,"values":null,"datetime_start":"2026-01-02T03:04:08.000006"}""",
        """{"op_code":6,"worker_id":"w","trial_id":3,"state":0,"values":null,"datetime_start":"2026-01-02T03:04:09.000006"}""",
        """{"op_code":4,"worker_id":"w","study_id":2,"datetime_start":"2026-01-02T03:04:05.000006","state":2,"value":1,"values":null,"datetime_complete":"2026-01-02T03:04:07.000006","distributions":{"q":"{\"name\": \"IntLogUniformDistribution\", \"attributes\": {\"step\": 1, \"low\": 1, \"high\": 8}}"},"params":{"q":4.0},"user_attrs":{},"system_attrs":{},"intermediate_values":{"10":1.5,"2":-Infinity}}""",
    ];

    [Fact]
    public async Task A_journal_of_quarrels_is_read_as_Optuna_reads_it()
    {
        var url = await Journal(s_quarrel);
        await using var ours = await stores.StartAsync();

        (await ours.ImportAsync(url)).Result();

        var lines = await Seen.ByUsAsync(ours.Client);
        Assert.Equal(await Run.OptunaAsync("dump.py", url), lines);
        Assert.Equal(6, lines.Length);
        // In the order of the entries, an attribute that is replaced in its first place.
        var trials = (await ours.Client.LoadStudyAsync("s")).Trials;
        Assert.Equal(["b", "a"], trials[0].ParamList.Select(p => p.Name));
        Assert.Equal(["z", "y"], trials[1].UserAttrs.Select(a => a.Key));
        Assert.Equal(TrialStateOfPopped, (trials[2].State, trials[2].DatetimeStart?.Second));
    }

    // Whoever asked first has it.
    private static (Trials.TrialState, int?) TrialStateOfPopped => (Trials.TrialState.Running, 8);

    [Fact]
    public async Task What_Rustuna_discards_is_read_over() =>
        Assert.Equal(2, (await HandMade.ReadAsync(await Journal([Study, """{"op_code":10,"worker_id":"w","trial_ids":[1]}""", Trial]))).Lines.Length);

    [Theory]
    [InlineData("Line 3: it is no JSON object, and others follow it", "{\"op_code\":4,", Trial)]
    [InlineData("Line 3: it is no JSON object, and others follow it", "", Trial)]
    [InlineData("Line 3: it is no JSON object, and others follow it", "[]", Trial)]
    [InlineData("Line 3: the operation 11 is not one of Optuna's", """{"op_code":11,"worker_id":"w"}""")]
    [InlineData("Line 3: the operation \"4\" is not one of Optuna's", """{"op_code":"4","worker_id":"w"}""")]
    [InlineData("Line 3: the operation null is not one of Optuna's", "{}")]
    [InlineData("Line 3: the field 'study_id' is missing", """{"op_code":4,"worker_id":"w"}""")]
    [InlineData("Line 3: the field 'trial_id' is not a number of a study or trial, but \"0\"", """{"op_code":8,"worker_id":"w","trial_id":"0","user_attr":{}}""")]
    [InlineData("Line 3: the direction 0 is neither 1 nor 2", """{"op_code":0,"worker_id":"w","study_name":"t","directions":[0]}""")]
    [InlineData("Line 3: the field 'state' is not one of Optuna's states", """{"op_code":6,"worker_id":"w","trial_id":0,"state":5,"values":null}""")]
    [InlineData("Line 3: the field 'datetime_complete' is missing", """{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[1]}""")]
    [InlineData("Line 3: the field 'datetime_complete' is not a time, but \"noon\"", """{"op_code":6,"worker_id":"w","trial_id":0,"state":3,"values":null,"datetime_complete":"noon"}""")]
    [InlineData("Line 3: the field 'values' is not a list of numbers", """{"op_code":6,"worker_id":"w","trial_id":0,"state":4,"values":["1"]}""")]
    [InlineData("Line 3: the field 'intermediate_value' is not a number, but null", """{"op_code":7,"worker_id":"w","trial_id":0,"step":1,"intermediate_value":null}""")]
    [InlineData("Line 3: the distribution of parameter 'x' is not understood", """{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":1.0,"distribution":"{}"}""")]
    [InlineData("Line 3: parameter 'x' has no distribution", """{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":4,"params":{"x":1.0}}""")]
    [InlineData("Line 3: there are both 'value' and 'values'", """{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":4,"value":1.0,"values":[1.0]}""")]
    [InlineData("Study 's', trial 0: ", """{"op_code":6,"worker_id":"w","trial_id":0,"state":2,"values":[1,2],"datetime_complete":"2026-01-02T03:04:07"}""")]
    public async Task A_half_understood_journal_is_refused_and_the_line_named(string sentence, params string[] more) =>
        Assert.Contains(sentence, await HandMade.RefusalAsync(await Journal([Study, Trial, .. more])));

    [Theory]
    [InlineData("{\"op_code\":1,")]
    [InlineData("{\"op_code\":1,\n")]
    [InlineData("""{"op_code":1,"worker_id":"w","study_id":0}""")]
    public async Task A_last_line_that_is_not_whole_is_left_out_and_said(string rest)
    {
        var url = await Journal([Study, Trial]);
        await File.AppendAllTextAsync(url["journal:///".Length..], rest);

        var (studies, notes, lines) = await HandMade.ReadAsync(url);

        Assert.Equal((1, 2), (studies.Count, lines.Length));
        Assert.Equal("Line 3, the last, is not whole and was left out.", Assert.Single(notes));
    }

    [Fact]
    public async Task A_line_longer_than_any_buffer_is_read_whole()
    {
        var text = new string('ü', 300_000);
        var url = await Journal([Study, """{"op_code":2,"worker_id":"w","study_id":0,"user_attr":{"long":"TEXT"}}""".Replace("TEXT", text, StringComparison.Ordinal), Trial]);

        var (studies, _, lines) = await HandMade.ReadAsync(url);

        Assert.Equal(2 + (6 * text.Length), studies[0].UserAttrs[0].Value.Length);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused() =>
        Assert.Contains("--from: there is no file", await HandMade.RefusalAsync(await stores.NewStoreAsync("journal")));

    private async Task<string> Journal(IEnumerable<string> lines)
    {
        var url = await stores.NewStoreAsync("journal");
        await File.WriteAllTextAsync(url["journal:///".Length..], string.Concat(lines.Select(l => l + "\n")));
        return url;
    }
}
