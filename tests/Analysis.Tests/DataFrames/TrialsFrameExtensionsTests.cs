using Optuna.DataFrames;
using Optuna.Samplers;
using Parquet;

namespace Optuna.Tests.DataFrames;

public sealed class TrialsFrameExtensionsTests
{
    [Fact]
    public async Task A_Parquet_file_holds_the_table()
    {
        var frame = Given().TrialsDataFrame();
        var file = new MemoryStream();
        await frame.WriteParquetAsync(file);

        file.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(file);
        Assert.Equal(frame.Columns.Select(c => c.Name), reader.Schema.GetDataFields().Select(f => f.Name));
        using var rows = reader.OpenRowGroupReader(0);
        var (numbers, x, kinds, starts, durations) = (new long?[4], new double?[4], new string?[4], new DateTime?[4], new double?[4]);
        await rows.ReadAsync<long>(reader.Schema.FindDataField("number"), numbers);
        await rows.ReadAsync<double>(reader.Schema.FindDataField("params_x"), x);
        await rows.ReadAsync(reader.Schema.FindDataField("params_k"), kinds!);
        await rows.ReadAsync<DateTime>(reader.Schema.FindDataField("datetime_start"), starts);
        await rows.ReadAsync<double>(reader.Schema.FindDataField("duration"), durations);
        Assert.Equal([0, 1, 2, 3], numbers);
        Assert.Equal(Column(frame, "params_x"), x.Cast<object?>());
        Assert.Equal(Column(frame, "params_k"), kinds);
        Assert.Null(x[3]);
        // To the microsecond.
        Assert.All(starts.Zip(Column(frame, "datetime_start")), p => Assert.InRange((p.First!.Value - (DateTime)p.Second!).Duration(), TimeSpan.Zero, TimeSpan.FromMicroseconds(1)));
        Assert.Equal(Column(frame, "duration").Select(d => ((TimeSpan)d!).TotalSeconds), durations.Select(d => d!.Value));
    }

    [Fact]
    public void A_data_frame_holds_the_table()
    {
        var table = Given().TrialsDataFrame();
        var frame = table.ToDataFrame();
        Assert.Equal(table.Columns.Select(c => c.Name), frame.Columns.Select(c => c.Name));
        Assert.Equal(4, frame.Rows.Count);
        Assert.Equal(Column(table, "params_x"), frame["params_x"].Cast<object?>());
        Assert.Equal(Column(table, "state"), frame["state"].Cast<object?>());
        Assert.Equal(1, frame["params_x"].NullCount);
    }

    [Fact]
    public async Task A_table_without_columns_is_no_Parquet_file()
    {
        var file = new MemoryStream();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Study.Create().TrialsDataFrame().WriteParquetAsync(file));
        Assert.Equal(0, file.Length);
        Assert.Empty(Study.Create().TrialsDataFrame().ToDataFrame().Columns);
    }

    private static IEnumerable<object?> Column(TrialsFrame frame, string name) => frame.Columns.Single(c => c.Name == name).Values;

    private static Study Given()
    {
        var study = Study.Create(sampler: new RandomSampler(), seed: 1);
        for (var i = 0; i < 4; i++)
        {
            var trial = study.Ask();
            trial.SuggestCategorical("k", "a", "b, c");
            trial.SetUserAttr("even", i % 2 == 0);
            study.Tell(trial, i == 3 ? 9 : trial.SuggestFloat("x", 0, 1));
        }

        return study;
    }
}
