using System.Text.Json;
using Optuna.Numerics;
using Optuna.Pruners;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Pruners;

/// <summary>A random history and Optuna's answer to each of its reports.</summary>
/// <param name="Kind">How reports come about: plain (falling towards the trial's own level), odd (some not finite), tied (whole numbers), steady.</param>
/// <param name="Answers">A character per report; <c>1</c> for "stop".</param>
public sealed record RecordedHistory(string Pruner, JsonElement Options, StudyDirection Direction, string Kind, uint Seed, string Answers)
{
    private static readonly Lazy<IReadOnlyList<RecordedHistory>> s_all = new(() =>
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Pruners", "Recorded", "histories.json"));
        using var json = JsonDocument.Parse(file);
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    });

    public static IReadOnlyList<RecordedHistory> All => s_all.Value;

    public IPruner Create() => PrunerCatalog.Create(new ComponentSpec(Pruner, Options.GetRawText()));

    /// <summary>Plays it with the pruner and asserts that it answers as Optuna did.</summary>
    public void RepeatedBy(IPruner pruner)
    {
        var random = new RandomState(Seed);
        var study = Study.Create(
            $"{Kind} {Seed}", Direction, sampler: new Optuna.Samplers.RandomSampler(), pruner: pruner, seed: 0);
        var running = new List<Runner>();
        for (var report = 0; report < Answers.Length; report++)
        {
            if (running.Count < 3)
                running.Add(new Runner(study.Ask(), random.NextDouble()));
            var runner = running[(int)(random.NextDouble() * running.Count)];
            var skip = (int)(random.NextDouble() * 8);
            runner.Step += skip < 6 || Kind == "tied" ? 1 : skip - 4;
            var value = Value(random, runner);
            runner.Trial.Report(value, runner.Step);
            var answer = runner.Trial.ShouldPrune();
            Assert.True(answer == (Answers[report] == '1'), $"Report {report}, trial {runner.Trial.Number}, step {runner.Step}: {answer}.");
            End(study, running, runner, answer, value, random.NextDouble());
        }
    }

    private double Value(RandomState random, Runner runner)
    {
        var x = random.NextDouble();
        return Kind switch
        {
            "odd" when x < 0.08 => x < 0.04 ? double.NaN : x < 0.06 ? double.PositiveInfinity : double.NegativeInfinity,
            "tied" => (int)(random.NextDouble() * 7),
            "steady" => runner.Level + (3 * random.NextDouble()),
            _ => runner.Level + (random.NextDouble() / (1 + runner.Step)),
        };
    }

    private void End(Study study, List<Runner> running, Runner runner, bool answer, double value, double end)
    {
        var (chance, longest) = Kind == "steady" ? (0.02, 70) : (0.06, 40);
        if (answer && end < 0.9)
            study.Tell(runner.Trial, state: TrialState.Pruned);
        else if (!answer && end < 0.004)
            study.Tell(runner.Trial, state: TrialState.Fail);
        else if (!answer && (end < chance || runner.Step > longest))
            study.Tell(runner.Trial, double.IsNaN(value) ? runner.Level : value);
        else
            return;
        running.Remove(runner);
    }

    private static RecordedHistory Read(JsonElement e) => new(
        e.GetProperty("pruner").GetString()!, e.GetProperty("options").Clone(),
        e.GetProperty("direction").GetString() == "minimize" ? StudyDirection.Minimize : StudyDirection.Maximize,
        e.GetProperty("kind").GetString()!, e.GetProperty("seed").GetUInt32(), e.GetProperty("answers").GetString()!);

    private sealed class Runner(Trial trial, double level)
    {
        public Trial Trial => trial;

        public double Level => level;

        public int Step { get; set; } = -1;
    }
}
