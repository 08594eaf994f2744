using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Optuna.Cluster.Client;
using Optuna.CommandLine;
using Optuna.Studies;

namespace Optuna.Cli.Commands;

/// <summary><c>create-study</c>: prints the name.</summary>
internal sealed class CreateStudyCommand : Command
{
    private readonly Option<string?> _name = new("--study-name") { Description = "Name of the study; without it one that nobody else has." };

    private readonly Option<StudyDirection> _direction = CommonOptions.Choice("--direction", StudyDirection.Minimize, "Direction of the only objective.");

    private readonly Option<StudyDirection[]> _directions = new("--directions")
    {
        Description = $"Directions of several objectives, divided by blanks. Each one of {Choices<StudyDirection>.Names}.",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.Select(t => Choices<StudyDirection>.Read(result, "--directions", t.Value))],
    };

    private readonly Option<bool> _skipIfExists = new("--skip-if-exists") { Description = "A study of that name is no error and stays as it is." };

    private readonly Option<ulong?> _seed = CommandRunner.CheckedOption<ulong?>("--seed", null,
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new ArgumentException($"'{text}' is not a whole number from 0 to {ulong.MaxValue}."),
        "Seed of the sampler; without it another one for every study.");

    private readonly Option<int> _retryLimit = CommandRunner.CheckedOption("--retry-limit", OptunaClient.DefaultRetryLimit,
        text => CommandRunner.Number(text, 0, int.MaxValue), "How often a trial whose worker was lost is given out again before it fails.");

    private readonly Option<bool> _inherit = new("--inherit-intermediate-values") { Description = "A trial that is given out again keeps the reports it had." };

    private readonly Option<bool> _asNewTrial = new("--retry-as-new-trial")
    {
        Description = "Optuna's way: a lost trial fails, and a new one with its parameters is queued, which names it in failed_trial and retry_history.",
    };

    private readonly ComponentOption _sampler = ComponentOption.Sampler();
    private readonly ComponentOption _pruner = ComponentOption.Pruner();
    private readonly ComponentOption _stopWhen = ComponentOption.StopWhen();

    public CreateStudyCommand(CommonOptions common)
        : base("create-study", "Create a study and print its name.")
    {
        foreach (var option in new Option[] { _name, _direction, _directions, _skipIfExists, _sampler.Name, _sampler.Kwargs, _pruner.Name, _pruner.Kwargs, _stopWhen.Name, _stopWhen.Kwargs, _seed, _retryLimit, _inherit, _asNewTrial })
            Add(option);
        SetAction((parsed, cancel) =>
        {
            var name = parsed.GetValue(_name);
            var directions = Directions(parsed);
            var sampler = _sampler.Read(parsed, directions.Length);
            var pruner = _pruner.Read(parsed, directions.Length);
            var stopWhen = _stopWhen.Read(parsed, directions.Length);
            if (name is not null && StudyRules.NameFault(name) is { } fault)
                throw new ArgumentException($"--study-name: {fault}");
            return common.RunAsync(parsed, mayCreate: true, async (storage, c) =>
            {
                var retry = new RetryPolicy(parsed.GetValue(_retryLimit), parsed.GetValue(_inherit), parsed.GetValue(_asNewTrial));
                var study = await storage.Client.CreateStudyAsync(
                    name, directions, sampler, pruner, parsed.GetValue(_seed), retry, parsed.GetValue(_skipIfExists), c, stopWhen)
                    .ConfigureAwait(false);
                return study.Name;
            }, cancel);
        });
    }

    private ImmutableArray<StudyDirection> Directions(ParseResult parsed)
    {
        var several = parsed.GetResult(_directions) is not null;
        if (several && parsed.GetResult(_direction) is { Implicit: false })
            throw new ArgumentException("--directions: not together with --direction.");
        return several ? [.. parsed.GetValue(_directions)!] : [parsed.GetValue(_direction)];
    }
}
