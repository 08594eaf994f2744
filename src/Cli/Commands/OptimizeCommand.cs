using System.CommandLine;
using Optuna.Cli.Optimize;
using Optuna.Cli.Output;
using Optuna.Cli.Storage;
using Optuna.CommandLine;
using Optuna.Studies;

namespace Optuna.Cli.Commands;

/// <summary><c>optimize</c>: evaluates trials of a study in this process, and prints the best of the study.</summary>
internal sealed class OptimizeCommand : Command
{
    // The time an objective has to end once it is interrupted; shorter than the process has.
    private static readonly TimeSpan s_endPatience = TimeSpan.FromSeconds(20);

    private readonly Option<string> _name = CommonOptions.StudyName("The study to evaluate trials of.");
    private readonly ObjectiveOptions _objective = new();

    private readonly Option<int?> _trials = CommandRunner.CheckedOption<int?>("--n-trials", null, text => CommandRunner.Number(text, 0, int.MaxValue),
        "How many trials this call evaluates; the study's own budget holds besides.");

    private readonly Option<double?> _timeout = new("--timeout") { Description = "Seconds after which no new trial is begun." };

    private readonly Option<int> _jobs = CommandRunner.CheckedOption("--n-jobs", 1, Jobs, "How many trials to evaluate at once; -1 for one per processor.");

    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table);
    private readonly Option<bool> _flatten = CommonOptions.Flatten("params and user_attrs");

    public OptimizeCommand(CommonOptions common)
        : base("optimize", "Evaluate trials of a study in this process and show its best trial. Interrupted, it gives back the trials it is at.")
    {
        Add(_name);
        _objective.AddTo(this);
        foreach (var option in new Option[] { _trials, _timeout, _jobs, _format, _flatten })
            Add(option);
        SetAction(async (parsed, cancel) =>
        {
            var timeout = CommandRunner.Seconds(parsed.GetValue(_timeout), "--timeout");
            using var report = new OptimizeReport(common.Read(parsed).Verbosity);
            var objective = (_objective.Read(parsed) with { Errors = report.Lines }).Open();
            return await common.RunAsync(parsed, mayCreate: false, (storage, c) => RunAsync(parsed, storage, objective, timeout, report, c), cancel).ConfigureAwait(false);
        });
    }

    private async Task<string?> RunAsync(
        ParseResult parsed, StudyStorage storage, IObjective objective, TimeSpan? timeout, OptimizeReport report, CancellationToken cancel)
    {
        var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(_name), cancel).ConfigureAwait(false);
        var summary = await study.GetSummaryAsync(cancel).ConfigureAwait(false);
        var trials = parsed.GetValue(_trials);
        if (trials is null && timeout is null && summary is { Budget: null, StopWhen: null })
            throw new ArgumentException($"--n-trials: neither it nor --timeout is given, and the study '{study.Name}' has no budget that would end this.");

        var worker = new WorkerId($"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
        var held = new ReturnedTrials(storage.Client.Backend(study.Id), worker, cancel);
        // A trial whose objective fails has failed, and the next one is begun: as with a worker.
        var run = new Study(held, summary).OptimizeAsync(
            objective, trials, timeout, parsed.GetValue(_jobs), [typeof(Exception)], [report.Ended], cancellationToken: cancel);
        var ended = EndedAsync(run, cancel);
        try
        {
            await report.ShowAsync(ended, new ProgressText(study.Name, trials, timeout), summary, () => study.GetSummaryAsync(cancel)).ConfigureAwait(false);
            await ended.ConfigureAwait(false);
        }
        finally
        {
            await held.GiveBackAsync().ConfigureAwait(false);
        }

        storage.Note($"Evaluated {report.Tally.Total} trials: {report.Tally}.");
        return await StudyTrials.WriteBestAsync(study, parsed.GetValue(_format), parsed.GetValue(_flatten), cancel).ConfigureAwait(false);
    }

    private static async Task EndedAsync(Task run, CancellationToken cancel)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancel.Register(() => interrupted.TrySetResult()).ConfigureAwait(false);
        if (await Task.WhenAny(run, interrupted.Task).ConfigureAwait(false) != run)
            await Task.WhenAny(run, Task.Delay(s_endPatience, CancellationToken.None)).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        await run.ConfigureAwait(false);
    }

    private static int Jobs(string text) => text == "-1" ? -1 : CommandRunner.Number(text, 1, 4096);
}
