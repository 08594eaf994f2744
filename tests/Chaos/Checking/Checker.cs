using System.Collections.Immutable;
using Optuna.Chaos.Workers;
using Optuna.Trials;

namespace Optuna.Chaos.Checking;

/// <summary>Holds the journal, what workers were told, and what coordinators answer in the end against each other.</summary>
internal static class Checker
{
    /// <param name="rows">In order of persistence id and sequence number.</param>
    /// <param name="acknowledged">Of every worker.</param>
    /// <param name="budgets">By name of study; every study of the run.</param>
    /// <param name="shown">Every study as coordinators show it.</param>
    public static Findings Check(
        IEnumerable<JournalRow> rows, IEnumerable<AcknowledgedResult> acknowledged, IReadOnlyDictionary<string, int> budgets,
        IReadOnlyDictionary<string, ImmutableArray<FrozenTrial>> shown)
    {
        var findings = new Findings();
        var studies = new Dictionary<string, StudyLedger>();
        foreach (var study in rows.Where(r => r.IsOfStudy).GroupBy(r => r.PersistenceId))
        {
            var ledger = new StudyLedger(study.Key, budgets, findings);
            foreach (var row in study)
                ledger.Add(row);
            ledger.Close();
            studies[ledger.Name] = ledger;
        }

        foreach (var name in budgets.Keys.Where(n => !studies.ContainsKey(n)))
            findings.AddLost($"{name}: the study has no journal.");
        foreach (var results in acknowledged.GroupBy(a => (a.Study, a.Number)))
            CheckAcknowledged([.. results], studies.GetValueOrDefault(results.Key.Study), findings);
        foreach (var (name, trials) in shown)
            CheckShown(name, trials, studies.GetValueOrDefault(name), findings);
        return findings;
    }

    private static void CheckAcknowledged(AcknowledgedResult[] results, StudyLedger? ledger, Findings findings)
    {
        var first = results[0];
        foreach (var again in results[1..])
            findings.AddDuplicated($"{first.Study}: trial {first.Number} was acknowledged to worker {first.Worker} and again to {again.Worker}.");
        foreach (var result in results)
        {
            var kept = first.Number < ledger?.Trials.Count ? ledger.Trials[first.Number] : null;
            if (kept is null || !kept.State.IsFinished())
                findings.AddLost($"{result.Study}: trial {result.Number} was acknowledged as {result.State} and is {kept?.State.ToString() ?? "not there"}.");
            else if (kept.State != result.State || (result.Value is { } value && !kept.Values.SequenceEqual([value])))
                findings.AddChanged($"{result.Study}: trial {result.Number} was acknowledged as {result.State} with {result.Value} and is {kept}.");
        }
    }

    private static void CheckShown(string name, ImmutableArray<FrozenTrial> trials, StudyLedger? ledger, Findings findings)
    {
        var journaled = ledger?.Trials ?? [];
        if (trials.Length != journaled.Count)
            findings.AddLost($"{name}: coordinators show {trials.Length} trials, the journal has {journaled.Count}.");
        foreach (var (trial, entry) in trials.Zip(journaled))
        {
            if (trial.State != entry.State || !trial.Values.SequenceEqual(entry.Values))
                findings.AddChanged($"{name}: coordinators show trial {trial.Number} as {trial.State} with {string.Join(", ", trial.Values)}; the journal has {entry}.");
        }
    }
}
