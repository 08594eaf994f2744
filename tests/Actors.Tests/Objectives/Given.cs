using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Worker.Objectives;
using Xunit;

namespace Optuna.Tests.Objectives;

internal static class Given
{
    public const string X = """{"x": {"type": "float", "low": 0, "high": 1}}""";

    public static ImmutableArray<KeyValuePair<string, Distribution>> Space(string json = X) => SearchSpaceJson.Read(json);

    public static ExecOptions Command(string command, string space = X) => new(command, Space(space));

    /// <summary>A script for <c>sh</c>, in a file of the folder.</summary>
    public static ExecOptions Script(TempFolder folder, string script) =>
        Command($"sh '{folder.Write("objective.sh", script)}'") with { WorkingDirectory = folder.Full };

    public static Study Study(IPruner? pruner = null, IReadOnlyList<StudyDirection>? directions = null, string? name = null) =>
        Optuna.Study.Create(studyName: name, directions: directions, sampler: new RandomSampler(), pruner: pruner ?? new NopPruner(), seed: 7);

    /// <summary>One trial, which is expected to end by itself.</summary>
    public static async Task<FrozenTrial> Run(ExecOptions options, Study? study = null, TextWriter? errors = null)
    {
        study ??= Study();
        await study.OptimizeAsync(new ExecObjective(options, errors ?? TextWriter.Null), nTrials: 1, @catch: [typeof(Exception)]);
        return study.Trials[^1];
    }

    /// <summary>The message with which one trial fails.</summary>
    public static async Task<string> Failure(ExecOptions options, Study? study = null, TextWriter? errors = null)
    {
        study ??= Study();
        var failure = await Assert.ThrowsAsync<ExecFailedException>(
            () => study.OptimizeAsync(new ExecObjective(options, errors ?? TextWriter.Null), nTrials: 1));
        Assert.Equal(TrialState.Fail, study.Trials[^1].State);
        return failure.Message;
    }

    public static async Task Until(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within 20 s: {what}.");
            await Task.Delay(10);
        }
    }
}

/// <summary>Prunes every trial at its first report from a step on.</summary>
internal sealed class PruneFrom(long step) : IPruner
{
    public bool ShouldPrune(PruningContext context) => context.Reports.Keys.Last() >= step;
}
