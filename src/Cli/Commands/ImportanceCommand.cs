using System.CommandLine;
using Optuna.Cli.Output;
using Optuna.CommandLine;
using Optuna.Importance;
using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary><c>importance</c>: which parameters matter. The study's trials are read page by page and assessed in this process.</summary>
internal sealed class ImportanceCommand : Command
{
    private readonly Option<string> _name = CommonOptions.StudyName("The study whose parameters to assess.");
    private readonly ComponentOption _evaluator = ComponentOption.Evaluator();
    private readonly Option<string[]> _params = new("--params") { Description = "Names of the parameters to assess, divided by blanks; without it all.", AllowMultipleArgumentsPerToken = true };

    private readonly Option<int?> _objective = CommandRunner.CheckedOption<int?>("--objective", null, text => CommandRunner.Number(text, 0, int.MaxValue),
        "Explain this objective alone, 0 for the first; smaller is better, whatever its direction. For studies with several.");

    private readonly Option<bool> _raw = new("--no-normalize") { Description = "Leave the evaluator's own scale instead of shares of 1." };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table);

    public ImportanceCommand(CommonOptions common)
        : base("importance", "Show how important each parameter of a study is, the most important first.")
    {
        foreach (var option in new Option[] { _name, _evaluator.Name, _evaluator.Kwargs, _params, _objective, _raw, _format })
            Add(option);
        SetAction((parsed, cancel) =>
        {
            var evaluator = ImportanceCatalog.Create(_evaluator.Read(parsed, 1) ?? ImportanceCatalog.Default);
            return common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
            {
                var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(_name), c).ConfigureAwait(false);
                var names = parsed.GetResult(_params) is null ? null : parsed.GetValue(_params);
                var found = await study.GetParamImportancesAsync(evaluator, names, Target(study, parsed.GetValue(_objective)), !parsed.GetValue(_raw), c)
                    .ConfigureAwait(false);
                return parsed.GetValue(_format).Write(Records(found), flatten: false);
            }, cancel);
        });
    }

    private static Func<FrozenTrial, double>? Target(Study study, int? objective) => objective switch
    {
        null => null,
        { } k when k < study.Directions.Length => t => t.Values[k],
        { } k => throw new ArgumentException($"--objective: the study '{study.Name}' has {study.Directions.Length} objectives, so there is no {k}."),
    };

    private static Records Records(IReadOnlyDictionary<string, double> importances)
    {
        var (name, importance) = (new Column("param"), new Column("importance"));
        return new Records([name, importance], [.. importances.Select(p => new Dictionary<Column, object?> { [name] = p.Key, [importance] = p.Value })]);
    }
}
