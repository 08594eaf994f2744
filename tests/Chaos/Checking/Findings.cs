using System.Text.Json;

namespace Optuna.Chaos.Checking;

/// <summary>Broken promises, counted by promise and said in sentences.</summary>
internal sealed class Findings
{
    private readonly List<string> _sentences = [];

    public int Lost { get; private set; }

    public int Duplicated { get; private set; }

    public int Changed { get; private set; }

    public int BudgetErrors { get; private set; }

    /// <summary>Finished trials of all studies.</summary>
    public int Trials { get; set; }

    public IReadOnlyList<string> Sentences => _sentences;

    public bool Hold => _sentences.Count == 0;

    /// <summary>Something acknowledged, or journaled, is not there.</summary>
    public void AddLost(string sentence) => Add(sentence, Lost++);

    /// <summary>A number was given, or a trial finished, twice.</summary>
    public void AddDuplicated(string sentence) => Add(sentence, Duplicated++);

    /// <summary>A finished trial is not what it was.</summary>
    public void AddChanged(string sentence) => Add(sentence, Changed++);

    /// <summary>More trials than the budget, or fewer.</summary>
    public void AddBudgetError(string sentence) => Add(sentence, BudgetErrors++);

    /// <summary>A promise about the programs themselves.</summary>
    public void AddOther(string sentence) => Add(sentence, 0);

    public string ToJson(double seconds, int acknowledged, IReadOnlyDictionary<string, int> faults) => JsonSerializer.Serialize(new
    {
        seconds = Math.Round(seconds, 1), trials = Trials, acknowledged, lost = Lost, duplicated = Duplicated, changed = Changed,
        budgetErrors = BudgetErrors, faults,
    });

    private void Add(string sentence, int _) => _sentences.Add(sentence);
}
