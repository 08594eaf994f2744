using System.Globalization;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>The tables an Optuna of the same version would make, column by column.</summary>
internal static class RdbTables
{
    /// <summary>In an order in which each refers to earlier ones only.</summary>
    public static readonly string[] Names =
    [
        "studies", "version_info", "study_directions", "study_user_attributes", "study_system_attributes", "trials",
        "trial_user_attributes", "trial_system_attributes", "trial_params", "trial_values", "trial_intermediate_values",
        "trial_heartbeats", "alembic_version",
    ];

    /// <summary>The statements that make the tables and say their version.</summary>
    public static IEnumerable<string> Create(bool isMySql, RdbVersion version)
    {
        foreach (var name in Names)
            yield return $"CREATE TABLE {name} ({Columns(name, isMySql)}){(isMySql ? MySqlOptions : "")}";
        yield return "CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name)";
        if (version.HasTrialIndex)
            yield return "CREATE INDEX ix_trials_study_id ON trials (study_id)";
        yield return $"INSERT INTO version_info (version_info_id, schema_version, library_version) VALUES (1, {RdbVersion.SchemaNumber}, '{version.Library}')";
        yield return $"INSERT INTO alembic_version (version_num) VALUES ('{version.Head}')";
    }

    // Optuna leaves this to the server, whose default may know neither most alphabets nor the difference between A and a.
    private const string MySqlOptions = " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    private static string Columns(string table, bool isMySql)
    {
        string Enum(int length, params string[] names) => isMySql
            ? $"ENUM({string.Join(",", names.Select(n => $"'{n}'"))})"
            : string.Create(CultureInfo.InvariantCulture, $"VARCHAR({length})");
        string Id(string column) => $"{column} INTEGER NOT NULL{(isMySql ? " AUTO_INCREMENT" : "")}, ";
        var real = isMySql ? "FLOAT(53)" : "FLOAT";
        const string toStudy = "FOREIGN KEY(study_id) REFERENCES studies (study_id)", toTrial = "FOREIGN KEY(trial_id) REFERENCES trials (trial_id)";
        string Attributes(string id, string owner, string reference) => Id(id)
            + $"{owner} INTEGER, `key` VARCHAR(512), value_json TEXT, PRIMARY KEY ({id}), UNIQUE ({owner}, `key`), {reference}";

        return table switch
        {
            "studies" => Id("study_id") + "study_name VARCHAR(512) NOT NULL, PRIMARY KEY (study_id)",
            "version_info" => "version_info_id INTEGER NOT NULL, schema_version INTEGER, library_version VARCHAR(256), "
                + "PRIMARY KEY (version_info_id), CHECK (version_info_id=1)",
            "study_directions" => Id("study_direction_id")
                + $"direction {Enum(8, "NOT_SET", "MINIMIZE", "MAXIMIZE")} NOT NULL, study_id INTEGER NOT NULL, objective INTEGER NOT NULL, "
                + $"PRIMARY KEY (study_direction_id), UNIQUE (study_id, objective), {toStudy}",
            "study_user_attributes" => Attributes("study_user_attribute_id", "study_id", toStudy),
            "study_system_attributes" => Attributes("study_system_attribute_id", "study_id", toStudy),
            "trials" => Id("trial_id")
                + $"number INTEGER, study_id INTEGER, state {Enum(8, "RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING")} NOT NULL, "
                + $"datetime_start DATETIME, datetime_complete DATETIME, PRIMARY KEY (trial_id), {toStudy}",
            "trial_user_attributes" => Attributes("trial_user_attribute_id", "trial_id", toTrial),
            "trial_system_attributes" => Attributes("trial_system_attribute_id", "trial_id", toTrial),
            "trial_params" => Id("param_id")
                + $"trial_id INTEGER, param_name VARCHAR(512), param_value {real}, distribution_json TEXT, "
                + $"PRIMARY KEY (param_id), UNIQUE (trial_id, param_name), {toTrial}",
            "trial_values" => Id("trial_value_id")
                + $"trial_id INTEGER NOT NULL, objective INTEGER NOT NULL, value {real}, value_type {Enum(7, "FINITE", "INF_POS", "INF_NEG")} NOT NULL, "
                + $"PRIMARY KEY (trial_value_id), UNIQUE (trial_id, objective), {toTrial}",
            "trial_intermediate_values" => Id("trial_intermediate_value_id")
                + $"trial_id INTEGER NOT NULL, step INTEGER NOT NULL, intermediate_value {real}, "
                + $"intermediate_value_type {Enum(7, "FINITE", "INF_POS", "INF_NEG", "NAN")} NOT NULL, "
                + $"PRIMARY KEY (trial_intermediate_value_id), UNIQUE (trial_id, step), {toTrial}",
            "trial_heartbeats" => Id("trial_heartbeat_id")
                + $"trial_id INTEGER NOT NULL, heartbeat DATETIME NOT NULL, PRIMARY KEY (trial_heartbeat_id), UNIQUE (trial_id), {toTrial}",
            "alembic_version" => "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)",
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, null),
        };
    }
}
