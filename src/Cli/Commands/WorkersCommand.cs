using System.CommandLine;
using Optuna.Cli.Output;
using Optuna.Studies;

namespace Optuna.Cli.Commands;

/// <summary><c>workers</c>: who works on a study now. Optuna has no such verb.</summary>
internal sealed class WorkersCommand : Command
{
    private static readonly Column Worker = new("worker"), Trials = new("trials"), Since = new("datetime_start"), Draining = new("draining");

    private readonly Option<string> _name = CommonOptions.StudyName("The study.");
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table);

    public WorkersCommand(CommonOptions common)
        : base("workers", "Show which workers hold running trials of a study.")
    {
        Add(_name);
        Add(_format);
        SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(_name), c).ConfigureAwait(false);
            return parsed.GetValue(_format).Write(Of(await study.GetLeasesAsync(c).ConfigureAwait(false)), flatten: false);
        }, cancel));
    }

    private static Records Of(IEnumerable<TrialLease> leases) => new([Worker, Trials, Since, Draining],
    [
        .. leases.GroupBy(l => l.Worker).Select(held => new Dictionary<Column, object?>
        {
            [Worker] = held.Key.Value,
            [Trials] = held.Select(l => (object?)(long)l.Number).ToList(),
            [Since] = TrialRecords.LocalTime(held.Min(l => l.StartedAt)),
            [Draining] = held.First().Draining,
        }),
    ]);
}
