using System.Collections.Concurrent;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Worker.Objectives;
using Xunit;

namespace Optuna.Tests.Objectives;

public sealed class ExecObjectiveTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parameters_arrive_as_one_line_of_json_and_in_the_environment()
    {
        const string space = """
            {"lr-é": {"type": "float", "low": 0.25, "high": 0.25}, "n": {"type": "int", "low": 3, "high": 3},
             "kind": {"type": "categorical", "choices": ["two words 'quoted'"]}, "flag": {"type": "categorical", "choices": [true]},
             "none": {"type": "categorical", "choices": [null]}}
            """;
        var command = $"cd '{_folder.Full}'; head -n 1 > stdin; env | grep ^OPTUNA_ > env; "
            + "echo '{\"value\": 1}'";

        var trial = await Given.Run(Given.Command(command, space), Given.Study(name: "a study"));

        Assert.Equal([1.0], trial.Values);
        Assert.Equal(
            """{"lr-\u00e9": 0.25, "n": 3, "kind": "two words 'quoted'", "flag": true, "none": null}""" + "\n", File.ReadAllText(_folder["stdin"]));
        Assert.Equal(
            [
                "OPTUNA_PARAM_FLAG=true", "OPTUNA_PARAM_KIND=two words 'quoted'", "OPTUNA_PARAM_LR__=0.25",
                "OPTUNA_PARAM_N=3", "OPTUNA_PARAM_NONE=null", "OPTUNA_PARAM_flag=true", "OPTUNA_PARAM_kind=two words 'quoted'",
                "OPTUNA_PARAM_n=3", "OPTUNA_PARAM_none=null", "OPTUNA_STUDY=a study", "OPTUNA_TRIAL_NUMBER=0",
            ],
            File.ReadAllLines(_folder["env"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_value_is_computed_from_what_was_suggested()
    {
        var trial = await Given.Run(Given.Command("""awk "BEGIN { printf \"{\\\"value\\\": %.17g}\\n\", $OPTUNA_PARAM_X * 2 }" """));

        Assert.Equal((double)trial.Params["x"]! * 2, trial.Values.Single());
    }

    [Fact]
    public async Task The_last_result_counts_and_other_lines_do_not()
    {
        var trial = await Given.Run(Given.Command(
            """printf 'hello\n{"value": 1}\n[1]\n{broken\n{"loss": 3}\n{"value": "x"}\r\n\n{"value": 2.5}\r\nbye'"""));

        Assert.Equal([2.5], trial.Values);
    }

    [Fact]
    public async Task Lines_that_say_nothing_to_the_study_go_to_the_log()
    {
        var mark = $"{Guid.NewGuid():N}";
        var log = new ConcurrentQueue<string>();
        void Keep(OptunaLogLevel level, string message) => log.Enqueue($"{level} {message}");
        OptunaLog.Written += Keep;
        try
        {
            await Given.Run(Given.Command($"echo 'epoch {mark}'; echo '{{\"value\": 1}}'"));
        }
        finally
        {
            OptunaLog.Written -= Keep;
        }

        Assert.Contains($"Info Trial 0: epoch {mark}", log);
    }

    [Fact]
    public async Task Several_objectives_come_as_values()
    {
        var study = Given.Study(directions: [StudyDirection.Minimize, StudyDirection.Maximize]);

        var trial = await Given.Run(Given.Command("""echo '{"values": [1, -Infinity]}'"""), study);

        Assert.Equal([1.0, double.NegativeInfinity], trial.Values);
    }

    [Theory]
    [InlineData("""{"value": NaN}""")]
    [InlineData("""{"values": [1, 2]}""")]
    public async Task A_result_the_study_does_not_take_fails_the_trial(string result)
    {
        var trial = await Given.Run(Given.Command($"echo '{result}'"));

        Assert.Equal(TrialState.Fail, trial.State);
    }

    [Fact]
    public async Task Reports_attributes_and_constraints_reach_the_study()
    {
        var trial = await Given.Run(Given.Command(
            """
            echo '{"step": 0, "value": 3}'
            echo '{"step": 5.0, "value": NaN}'
            echo '{"user_attrs": {"epochs": 5, "tags": ["a"]}}'
            echo '{"value": 1, "constraints": {"c": -1}}'
            """));

        Assert.Equal(TrialState.Complete, trial.State);
        Assert.Equal([0L, 5L], trial.IntermediateValues.Keys.Order());
        Assert.Equal(3.0, trial.IntermediateValues[0]);
        Assert.True(double.IsNaN(trial.IntermediateValues[5]));
        Assert.Equal([new("epochs", "5"), new("tags", """["a"]""")], trial.UserAttrs);
        Assert.Equal(-1.0, trial.Constraints["c"]);
    }

    [Theory]
    [InlineData("""{"step": -1, "value": 1}""", "whole \"step\"")]
    [InlineData("""{"step": 1.5, "value": 1}""", "whole \"step\"")]
    [InlineData("""{"step": 1, "value": "low"}""", "number as \"value\"")]
    [InlineData("""{"value": 1, "values": [1]}""", "either \"value\" or \"values\"")]
    [InlineData("""{"user_attrs": [1]}""", "\"user_attrs\" must be an object")]
    [InlineData("""{"constraints": {"c": "no"}}""", "constraint 'c' must be a number")]
    public async Task A_line_meant_for_the_study_but_wrong_fails_the_trial_and_is_quoted(string line, string rule)
    {
        var failure = await Given.Failure(Given.Command($"echo '{line}'; exec sleep 60"));

        Assert.Contains(line, failure);
        Assert.Contains(rule, failure);
    }

    [Fact]
    public async Task A_program_that_fails_is_quoted_with_its_last_twenty_lines_of_standard_error()
    {
        var errors = new StringWriter();

        var failure = await Given.Failure(
            Given.Command("echo '{\"value\": 1}'; i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo \"line $i\" >&2; done; exit 3"), errors: errors);

        Assert.Contains("exit code 3", failure);
        Assert.EndsWith(string.Join('\n', Enumerable.Range(11, 20).Select(i => $"line {i}")), failure);
        Assert.DoesNotContain("line 10\n", failure);
        Assert.StartsWith("[trial 0] line 1" + Environment.NewLine, errors.ToString());
        Assert.Contains("[trial 0] line 30", errors.ToString());
    }

    [Fact]
    public async Task A_program_killed_by_a_signal_is_said_to_be()
    {
        Assert.Contains("(signal 9)", await Given.Failure(Given.Command("kill -9 $$")));
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_said_not_to_be_found()
    {
        var failure = await Given.Failure(Given.Command("no-such-program-here --fast"));

        Assert.Contains("did not find the command", failure);
        Assert.Contains("no-such-program-here", failure);
    }

    [Theory]
    [InlineData("true", "it printed nothing")]
    [InlineData("echo done", "the last line it printed is: done")]
    [InlineData("""echo '{"value": null}'""", """the last line it printed is: {"value": null}""")]
    public async Task A_program_without_result_fails_its_trial(string command, string said)
    {
        var failure = await Given.Failure(Given.Command(command));

        Assert.Contains("without a result", failure);
        Assert.Contains(said, failure);
    }

    [Fact]
    public async Task A_failed_trial_does_not_keep_the_next_from_running()
    {
        var study = Given.Study();
        var objective = new ExecObjective(
            Given.Command("""[ $OPTUNA_TRIAL_NUMBER = 1 ] && exit 1; echo "{\"value\": $OPTUNA_TRIAL_NUMBER}" """), TextWriter.Null);

        await study.OptimizeAsync(objective, nTrials: 3, @catch: [typeof(ExecFailedException)]);

        Assert.Equal([TrialState.Complete, TrialState.Fail, TrialState.Complete], study.Trials.Select(t => t.State));
    }

    [Fact]
    public async Task A_program_that_closes_its_standard_input_is_not_disturbed()
    {
        var trial = await Given.Run(Given.Command("""exec <&-; sleep 0.1; echo '{"step": 0, "value": 1}'; echo '{"value": 1}'"""));

        Assert.Equal(TrialState.Complete, trial.State);
    }

    [Fact]
    public async Task Parameters_larger_than_a_pipe_do_not_stop_a_program_that_reads_nothing()
    {
        var choice = new string('a', 100_000);
        var space = $$$"""{"a": {"type": "categorical", "choices": ["{{{choice}}}"]}, "b": {"type": "categorical", "choices": ["{{{choice}}}"]}}""";

        var trial = await Given.Run(Given.Command("""echo '{"value": 1}'""", space));

        Assert.Equal(TrialState.Complete, trial.State);
    }

    [Fact]
    public async Task Parameters_too_large_for_an_environment_fail_the_trial()
    {
        var space = $$$"""{"a": {"type": "categorical", "choices": ["{{{new string('a', 200_000)}}}"]}}""";

        Assert.Contains("could not be started", await Given.Failure(Given.Command("true", space)));
    }

    [Fact]
    public async Task A_line_of_more_than_a_megabyte_is_refused()
    {
        var failure = await Given.Failure(Given.Command("exec tr '\\0' x < /dev/zero"));

        Assert.Contains("more than 1048576 bytes", failure);
        Assert.True(failure.Length < 2000);
    }

    [Fact]
    public async Task Endless_standard_error_without_line_ends_is_cut()
    {
        var errors = new StringWriter();

        var trial = await Given.Run(
            Given.Command("""head -c 5000000 /dev/zero | tr '\0' x >&2; printf '10%%\r20%%\r\nend' >&2; echo '{"value": 1}'"""), errors: errors);

        Assert.Equal(TrialState.Complete, trial.State);
        var lines = errors.ToString().Split(Environment.NewLine);
        Assert.Equal("[trial 0] " + new string('x', 65_536), lines[0]);
        Assert.Equal(["[trial 0] 20%", "[trial 0] end", ""], lines[1..]);
    }

    [Fact]
    public async Task Much_output_passes_through()
    {
        var trial = await Given.Run(Given.Command(
            """yes 'a line of some length that says nothing to anybody' | head -n 200000; echo '{"value": 1}'"""));

        Assert.Equal(TrialState.Complete, trial.State);
    }

    [Fact]
    public async Task Output_that_is_still_in_the_pipe_after_the_exit_counts()
    {
        var trial = await Given.Run(Given.Command("""(sleep 0.3; echo '{"value": 4}') & exit 0"""));

        Assert.Equal([4.0], trial.Values);
    }
}
