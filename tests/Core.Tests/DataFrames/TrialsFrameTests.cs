using Optuna.DataFrames;
using Optuna.Distributions;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.DataFrames;

public sealed class TrialsFrameTests
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public void Columns_have_the_names_and_the_order_of_Optuna()
    {
        var frame = Given().TrialsDataFrame();
        Assert.Equal(
            ["number", "value", "datetime_start", "datetime_complete", "duration", "params_k", "params_x", "user_attrs_note", "system_attrs_s", "state"],
            frame.Columns.Select(c => c.Name));
        Assert.Equal(2, frame.RowCount);
    }

    [Fact]
    public void CSV_is_what_pandas_writes() => Assert.Equal(
        """
        number,value,datetime_start,datetime_complete,duration,params_k,params_x,user_attrs_note,system_attrs_s,state
        0,1.0,2026-01-02 03:04:05.000000,2026-01-02 03:04:06.500000,0 days 00:00:01.500000,a,1e-05,"say ""hi"", twice","[1, 2]",COMPLETE
        1,,2026-01-02 03:04:05.000000,2026-01-02 03:04:06.500000,0 days 00:00:01.500000,,0.25,,,PRUNED

        """.ReplaceLineEndings("\n"), Csv(Given().TrialsDataFrame()));

    [Fact]
    public void A_multi_index_has_two_header_lines()
    {
        var lines = Csv(Given().TrialsDataFrame(["number", "params"]), multiIndex: true).Split('\n');
        Assert.Equal(["number,params,params", ",k,x", "0,a,1e-05"], lines[..3]);
    }

    [Fact]
    public void JSON_is_a_list_of_records_flat_or_nested()
    {
        var frame = Given().TrialsDataFrame(["number", "value", "duration", "params"]);
        Assert.Equal(
            """[{"number": 0, "value": 1.0, "duration": 1.5, "params_k": "a", "params_x": 1e-05}, {"number": 1, "value": null, "duration": 1.5, "params_k": null, "params_x": 0.25}]""",
            Json(frame, multiIndex: false));
        Assert.StartsWith("""[{"number": 0, "value": 1.0, "duration": 1.5, "params": {"k": "a", "x": 1e-05}}""", Json(frame, multiIndex: true));
    }

    [Fact]
    public void Several_objectives_have_a_column_each_by_number_or_name()
    {
        var study = Study.Create(directions: [StudyDirection.Minimize, StudyDirection.Maximize], sampler: new RandomSampler());
        study.Optimize(t => [t.SuggestFloat("x", 0, 1), 2.0], 1);
        Assert.Equal(["values_0", "values_1"], study.TrialsDataFrame(["value"]).Columns.Select(c => c.Name));
        study.SetMetricNames(["loss", "accuracy"]);
        Assert.Equal(["values_loss", "values_accuracy"], study.TrialsDataFrame(["values"]).Columns.Select(c => c.Name));
    }

    [Fact]
    public void One_named_objective_has_its_name()
    {
        var study = Given();
        study.SetMetricNames(["loss"]);
        Assert.Equal(["value_loss"], study.TrialsDataFrame(["value"]).Columns.Select(c => c.Name));
    }

    [Fact]
    public void A_study_without_trials_is_an_empty_table()
    {
        var frame = Study.Create().TrialsDataFrame();
        Assert.Empty(frame.Columns);
        Assert.Equal("", Csv(frame));
        Assert.Equal("[]", Json(frame, multiIndex: false));
    }

    [Fact]
    public void Columns_know_what_their_values_are()
    {
        var kinds = Given().TrialsDataFrame().Columns.ToDictionary(c => c.Name, c => c.Kind);
        Assert.Equal(ColumnKind.Whole, kinds["number"]);
        Assert.Equal(ColumnKind.Real, kinds["value"]);
        Assert.Equal(ColumnKind.Time, kinds["datetime_start"]);
        Assert.Equal(ColumnKind.Span, kinds["duration"]);
        Assert.Equal(ColumnKind.Text, kinds["params_k"]);
    }

    [Fact]
    public void An_attribute_trials_do_not_have_is_refused() =>
        Assert.Contains("'colour'", Assert.Throws<ArgumentException>(() => Given().TrialsDataFrame(["number", "colour"])).Message);

    private static Study Given()
    {
        var study = Study.Create(sampler: new RandomSampler());
        study.AddTrial(Trial(TrialState.Complete, [1], [new("x", new FloatDistribution(1e-5, 1), 1e-5), new("k", new CategoricalDistribution("a", "b"), 0)],
            [new("note", "\"say \\\"hi\\\", twice\"")], [new("s", "[1, 2]")]));
        study.AddTrial(Trial(TrialState.Pruned, [], [new("x", new FloatDistribution(1e-5, 1), 0.25)], [], []));
        return study;
    }

    private static FrozenTrial Trial(
        TrialState state, double[] values, TrialParam[] parameters, KeyValuePair<string, string>[] user, KeyValuePair<string, string>[] system) => new()
        {
            State = state,
            Values = [.. values],
            ParamList = [.. parameters],
            UserAttrs = [.. user],
            SystemAttrs = [.. system],
            DatetimeStart = Start,
            DatetimeComplete = Start.AddSeconds(1.5),
        };

    private static string Csv(TrialsFrame frame, bool multiIndex = false)
    {
        var text = new StringWriter();
        frame.WriteCsv(text, multiIndex);
        return text.ToString();
    }

    private static string Json(TrialsFrame frame, bool multiIndex)
    {
        var text = new StringWriter();
        frame.WriteJson(text, multiIndex);
        return text.ToString();
    }
}
