using Optuna.Cli.Transfer;

namespace Optuna.Tests;

public sealed class RdbSourceTests(TransferFixture stores)
{
    [Theory]
    [InlineData("UPDATE alembic_version SET version_num = 'v2.6.0.a'", "bring them up to date with `optuna storage upgrade`")]
    [InlineData("UPDATE alembic_version SET version_num = 'v9.0.0.a'", "'v9.0.0.a', which this program does not know")]
    [InlineData("DELETE FROM alembic_version", "has 0 rows, not one")]
    [InlineData("DROP TABLE alembic_version", "too old to say their version; bring them up to date with `optuna storage upgrade`")]
    [InlineData("DROP TABLE trial_values", "of Optuna's tables trial_values is missing")]
    [InlineData("ALTER TABLE trial_values DROP COLUMN value_type", "no such column")]
    [InlineData("UPDATE version_info SET schema_version = 13", "schema 13, and not 12")]
    [InlineData("DELETE FROM version_info", "version_info is empty")]
    [InlineData("UPDATE study_directions SET direction = 'NOT_SET'", "Study 's': the direction 'NOT_SET' is neither")]
    [InlineData("UPDATE study_directions SET objective = 1", "objectives are not numbered from 0 on")]
    [InlineData("DELETE FROM study_directions", "Study 's' has no direction")]
    [InlineData("UPDATE studies SET study_name = ' '", "name must not be empty")]
    [InlineData("UPDATE studies SET study_name = 'a' || char(10)", "control characters")]
    [InlineData("UPDATE study_user_attributes SET value_json = '{'", "The value of attribute 'u' is not JSON")]
    [InlineData("UPDATE study_system_attributes SET value_json = NULL", "table study_system_attributes has a row without value_json")]
    [InlineData("UPDATE trials SET state = 'DONE' WHERE number = 1", "Study 's', trial 1: the state 'DONE' is none of Optuna's")]
    [InlineData("UPDATE trials SET number = 7 WHERE number = 1", "trial 7 stands where 1 is expected")]
    [InlineData("UPDATE trials SET number = NULL WHERE number = 1", "the trial with id 2 has no number")]
    [InlineData("DELETE FROM trials WHERE number = 0", "trial 1 stands where 0 is expected")]
    [InlineData("UPDATE trials SET datetime_start = 'yesterday' WHERE number = 1", "trial 1: 'yesterday' is no time")]
    [InlineData("UPDATE trials SET datetime_complete = datetime_start WHERE number = 1", "trial 1: it is running, but its end is dated")]
    [InlineData("UPDATE trial_values SET value_type = 'NAN'", "trial 0: the value of objective 0 has the type 'NAN'")]
    [InlineData("UPDATE trial_values SET value_type = 'HUGE'", "type 'HUGE', which is not understood")]
    [InlineData("UPDATE trial_values SET value = NULL", "type 'FINITE' and no number")]
    [InlineData("UPDATE trial_values SET value = 'much'", "column value of table trial_values holds 'much', which is not a number")]
    [InlineData("UPDATE trial_values SET objective = 1", "values are not numbered from 0 on")]
    [InlineData("INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (1, 1, 0.5, 'FINITE')", "trial 0: ")]
    [InlineData("UPDATE trial_params SET distribution_json = NULL WHERE param_name = 'c'", "trial 0: parameter 'c' has no distribution")]
    [InlineData("UPDATE trial_params SET param_value = NULL WHERE param_name = 'c'", "parameter 'c' has no value")]
    [InlineData("UPDATE trial_params SET param_value = 2 WHERE param_name = 'c'", "not the index of a choice")]
    [InlineData("UPDATE trial_params SET param_name = '' WHERE param_name = 'c'", "name must")]
    [InlineData("UPDATE trial_params SET distribution_json = '{\"name\": \"Magic\", \"attributes\": {}}'", "trial 0: the distribution of parameter 'x' is not understood: Unknown distribution class 'Magic'")]
    [InlineData("UPDATE trial_intermediate_values SET step = -1 WHERE step = 3", "'step' must not be negative")]
    [InlineData("UPDATE trial_intermediate_values SET intermediate_value_type = 'HUGE' WHERE step = 3", "the intermediate value of step 3 has the type 'HUGE'")]
    [InlineData("UPDATE trial_intermediate_values SET intermediate_value = NULL WHERE step = 9", "step 9 has the type 'FINITE' and no number")]
    [InlineData("UPDATE trial_user_attributes SET value_json = 'ü'", "trial 0: The value of attribute 'note' is not JSON")]
    [InlineData("UPDATE trial_system_attributes SET `key` = NULL", "table trial_system_attributes has a row without key")]
    public async Task A_half_understood_database_is_refused_by_a_sentence(string broken, string sentence)
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"));
        await HandMade.ExecuteAsync(url, broken);

        Assert.Contains(sentence, await Refusal(url));
    }

    [Fact]
    public async Task What_is_no_database_of_Optunas_is_refused()
    {
        var (missing, empty, other) = (await stores.NewStoreAsync("sqlite"), await stores.NewStoreAsync("sqlite"), await stores.NewStoreAsync("sqlite"));
        await HandMade.ExecuteAsync(empty, "CREATE TABLE mine (a INTEGER)");
        await File.WriteAllTextAsync(other["sqlite:///".Length..], "This is a letter, and long enough to be looked at as if it were something else.");

        Assert.Contains("there is no file", await HandMade.RefusalAsync(missing));
        Assert.False(File.Exists(missing["sqlite:///".Length..]));
        Assert.Contains("there are no tables of Optuna's", await HandMade.RefusalAsync(empty));
        Assert.Contains("is not a SQLite database", await HandMade.RefusalAsync(other));
    }

    [Fact]
    public async Task Texts_are_kept_byte_for_byte()
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"));
        const string brief = """{"type":"float", "high":1.0,"low":0}""";
        await HandMade.ExecuteAsync(url, $"UPDATE trial_params SET distribution_json = '{brief}' WHERE param_name = 'x'; UPDATE trial_user_attributes SET value_json = ' 1E5'");

        var (_, _, lines) = await HandMade.ReadAsync(url);

        Assert.Contains("""{\"type\":\"float\", \"high\":1.0,\"low\":0}""", lines[1]);
        Assert.Contains("""["note", " 1E5"]""", lines[1]);
        Assert.Contains("""{\"a\":  [1,2]}""", lines[1]);
    }

    [Fact]
    public async Task Trials_of_several_studies_may_lie_mixed_and_on_many_pages()
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"), []);
        await HandMade.ExecuteAsync(url, """
            INSERT INTO studies VALUES (2, 't');
            INSERT INTO study_directions (direction, study_id, objective) VALUES ('MAXIMIZE', 2, 0);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
                INSERT INTO trials SELECT i + 1, i / 2, i % 2 + 1, 'COMPLETE', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:01' FROM n;
            INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT trial_id, 0, number, 'FINITE' FROM trials;
            INSERT INTO trial_user_attributes (trial_id, `key`, value_json) SELECT trial_id, 'id', trial_id FROM trials WHERE trial_id % 3 = 0;
            """);

        var studies = await HandMade.CheckAsync(url);
        var (_, _, lines) = await HandMade.ReadAsync(url);

        Assert.Equal([2500, 2500], studies.Select(s => s.TrialCount));
        Assert.Equal(5002, lines.Length);
        Assert.StartsWith("[1999, \"COMPLETE\", [1999.0], \"2026-01-01T00:00:00.000000\", \"2026-01-01T00:00:01.000000\", [], [[\"id\", \"3999\"]]", lines[2000]);
        Assert.StartsWith("[1999, \"COMPLETE\", [1999.0]", lines[2501 + 2000]);
        Assert.Contains("[[\"id\", \"4998\"]]", lines[2501 + 2499]);
    }

    [Theory]
    [InlineData("4.8.0", "local time, as Optuna 4.8.0 writes")]
    [InlineData("5.1.0.dev", "UTC, as Optuna 5.1.0.dev writes")]
    public async Task The_zone_of_times_goes_by_the_Optuna_that_made_the_tables(string library, string note)
    {
        var url = await HandMade.StoreAsync(await stores.NewStoreAsync("sqlite"));
        await HandMade.ExecuteAsync(url, $"UPDATE version_info SET library_version = '{library}'");

        Assert.Contains(note, Assert.Single((await HandMade.ReadAsync(url)).Notes));
    }

    private static async Task<string> Refusal(string url)
    {
        // What the database itself refuses becomes a sentence in the command.
        var e = await Assert.ThrowsAnyAsync<Exception>(() => HandMade.CheckAsync(url));
        Assert.True(e is TransferRefusedException or System.Data.Common.DbException, e.ToString());
        return e.Message;
    }
}
