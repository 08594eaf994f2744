using System.CommandLine;
using Optuna.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary><c>pause</c>, <c>resume</c>, <c>stop</c>, <c>budget</c>, <c>drain-worker</c>: what an operator decides about a study's fleet. Each is journaled before it is answered.</summary>
internal static class FleetCommands
{
    private const int None = -1;

    public static IEnumerable<Command> All(CommonOptions common)
    {
        var trials = CommandRunner.CheckedOption("--trials", None, text => text == "none" ? None : CommandRunner.Number(text, 0, int.MaxValue),
            "Trials the study may have in all, or 'none' for what each worker was started with.");
        // With a default it would not be asked for, and a budget forgotten on the command line would be taken from the study.
        trials.DefaultValueFactory = null;
        trials.Required = true;
        var worker = new Option<string>("--worker") { Description = "The worker's name, as 'workers' shows it.", Required = true };
        yield return Create(common, "pause", "Give out no new trials; workers finish theirs and wait.", [],
            (study, _, cancel) => study.PauseAsync(cancel));
        yield return Create(common, "resume", "Give out trials again after a pause or a stop.", [],
            (study, _, cancel) => study.ResumeAsync(cancel));
        yield return Create(common, "stop", "Give out no new trials; workers finish theirs and end.", [],
            (study, _, cancel) => study.StopEverywhereAsync(cancel));
        yield return Create(common, "budget", "Say how many trials a study may have, whatever its workers were started with.", [trials],
            (study, parsed, cancel) => study.SetBudgetAsync(parsed.GetValue(trials) is var given and not None ? given : null, cancel));
        yield return Create(common, "drain-worker", "Let a worker finish the trials it has and end.", [worker],
            (study, parsed, cancel) => study.DrainWorkerAsync(parsed.GetRequiredValue(worker), cancel));
    }

    private static Command Create(
        CommonOptions common, string verb, string description, Option[] options, Func<Study, ParseResult, CancellationToken, ValueTask> decide)
    {
        var name = CommonOptions.StudyName("The study.");
        var command = new Command(verb, description) { name };
        foreach (var option in options)
            command.Add(option);
        command.SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(name), c).ConfigureAwait(false);
            await decide(study, parsed, c).ConfigureAwait(false);
            return null;
        }, cancel));
        return command;
    }
}
