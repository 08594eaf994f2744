using System.CommandLine;
using Optuna.Cli.Output;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary><c>ask</c>: a new trial with parameters of a search space; <c>tell</c> ends it. No lease is given: nobody takes the trial back.</summary>
internal sealed class AskCommand : Command
{
    private readonly Option<string> _name = CommonOptions.StudyName("The study to ask.");
    private readonly ComponentOption _sampler = ComponentOption.Sampler("the study's own");

    private readonly Option<string?> _space = new("--search-space")
    {
        Description = "A JSON object from parameter names to Optuna's distributions, such as {\"x\": {\"name\": \"FloatDistribution\", \"attributes\": {\"low\": 0.0, \"high\": 1.0}}}.",
    };

    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Json);
    private readonly Option<bool> _flatten = CommonOptions.Flatten("params");

    public AskCommand(CommonOptions common)
        : base("ask", "Start a trial of a study and show its number and parameters.")
    {
        foreach (var option in new Option[] { _name, _sampler.Name, _sampler.Kwargs, _space, _format, _flatten })
            Add(option);
        SetAction((parsed, cancel) =>
        {
            var space = Space(parsed.GetValue(_space));
            var spec = _sampler.Read(parsed, 1);
            return common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
            {
                var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(_name), c).ConfigureAwait(false);
                var backend = storage.Client.Backend(study.Id);
                var sampled = spec is null ? null : await SampledAsync(study, SamplerCatalog.Create(spec, study.Directions.Length), space, c).ConfigureAwait(false);
                // Without a worker's name the trial has no lease, which would end soon after this process.
                var reply = await backend.SendAsync(new StudyCommands.AskTrial(new WorkerId(""), Guid.NewGuid(), Budget: null), c).ConfigureAwait(false);
                if (reply is StudyReplies.NoTrialLeft left)
                    throw new OptunaException($"The study '{study.Name}' gives out no trials: {left.Reason.ToString().ToLowerInvariant()}.");
                var number = reply.Expect<StudyReplies.TrialAsked>().Number;
                var given = new List<KeyValuePair<string, object?>>();
                foreach (var (name, distribution) in space)
                {
                    var suggest = new StudyCommands.SuggestParam(number, 0, name, distribution, [], sampled?[name]);
                    var value = (await backend.SendAsync(suggest, c).ConfigureAwait(false)).Expect<StudyReplies.ParamSuggested>().Value;
                    given.Add(new(name, distribution.ToExternal(value)));
                }

                return parsed.GetValue(_format).WriteOne(Records(number, given), parsed.GetValue(_flatten));
            }, cancel);
        });
    }

    // Another sampler than the study's own: it draws here, from what the study knows.
    private static async Task<Dictionary<string, double>> SampledAsync(
        Study study, ISampler sampler, IReadOnlyList<KeyValuePair<string, Distribution>> space, CancellationToken cancel)
    {
        var here = Study.Create(directions: study.Directions, sampler: sampler, pruner: new Pruners.NopPruner());
        // A queued trial belongs to the study's next asker, not to this draw.
        here.AddTrials((await study.GetTrialsAsync(cancellationToken: cancel).ConfigureAwait(false)).Where(t => t.State != TrialState.Waiting));
        var trial = here.Ask(space);
        return space.ToDictionary(s => s.Key, s => s.Value.ToInternal(trial.Params[s.Key]));
    }

    private static List<KeyValuePair<string, Distribution>> Space(string? json)
    {
        if (json is null)
            return [];
        try
        {
            return PythonJson.Read(json) is IReadOnlyDictionary<string, object?> map
                ? [.. map.Select(p => KeyValuePair.Create(p.Key, DistributionJson.Read(PythonJson.Write(p.Value))))]
                : throw new FormatException("it is no JSON object");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ArgumentException($"--search-space: {e.Message}", e);
        }
    }

    private static Records Records(int number, IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        var row = new Dictionary<Column, object?> { [new Column("number")] = (long)number };
        foreach (var (name, value) in parameters)
            row[new Column("params", name)] = value is JsonText text ? text.Value : value;
        return new Records([.. row.Keys], [row]);
    }
}
