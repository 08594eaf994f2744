namespace Optuna.Tests.Fleet;

/// <summary>Shell programs as objectives: what a user gives to <c>--exec</c>.</summary>
internal static class Exec
{
    public const string Space = """
        {
          "x": {"name": "FloatDistribution", "attributes": {"low": -10.0, "high": 10.0, "step": null, "log": false}},
          "n": {"name": "IntDistribution", "attributes": {"low": 1, "high": 8, "step": 1, "log": false}}
        }
        """;

    /// <summary>x² + n.</summary>
    public const string Square =
        """read -r parameters; awk -v x="$OPTUNA_PARAM_x" -v n="$OPTUNA_PARAM_n" 'BEGIN { printf "{\"value\": %.17g}\n", x * x + n }'""";

    /// <summary>Goes on until its worker is gone: then its standard input ends.</summary>
    public const string UntilWorkerIsGone = "read -r parameters; read -r never; exit 1";

    /// <summary>Ignores SIGTERM; ends when it is killed.</summary>
    public const string Stubborn = "trap '' TERM; read -r parameters; echo begun; while :; do sleep 0.2; done";
}
