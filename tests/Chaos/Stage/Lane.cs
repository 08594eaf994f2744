using System.Collections.Concurrent;
using Optuna.Cluster.Client;
using Optuna.Studies;

namespace Optuna.Chaos.Stage;

/// <summary>One study after the other, each with a budget: when one is spent the next is made.</summary>
/// <param name="budgets">Of all lanes, by name of study.</param>
internal sealed class Lane(int number, int seed, ConcurrentDictionary<string, int> budgets, Func<OptunaClient> client)
{
    // Of the last study, when it is closed: enough to see that the budget is met by more than those who are at work.
    private const int LastTrials = 20;

    private static readonly string[] Samplers = ["tpe", "random", "qmc"];

    private readonly Random _chance = new(unchecked((seed * 397) ^ number));
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _made;
    private volatile string? _study;
    private volatile bool _closed;

    /// <summary>The study at work; null before the first.</summary>
    public string? Study => _study;

    /// <summary>No study is made any more, and the last one is given a smaller budget, so that it comes to its end soon.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        await _turn.WaitAsync();
        try
        {
            if (_study is not { } name)
                return;
            var study = await client().LoadStudyAsync(name);
            int budget;
            do
            {
                budget = Math.Min(budgets[name], (await study.GetSummaryAsync()).Counts.Started + LastTrials);
                await study.SetBudgetAsync(budget);
            }
            while ((await study.GetSummaryAsync()).Counts.Started > budget);
            budgets[name] = budget;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What to work on after a study was spent, and its budget; null when there is nothing any more.</summary>
    public async Task<(string Study, int Budget)?> NextAsync(string? spent)
    {
        await _turn.WaitAsync();
        try
        {
            if (_study is null || _study == spent)
            {
                if (_closed)
                    return null;
                var name = $"lane{number}-{_made}";
                budgets[name] = _chance.Next(100, 500);
                await client().CreateStudyAsync(name, sampler: new ComponentSpec(Samplers[(number + _made) % Samplers.Length]), loadIfExists: true);
                (_made, _study) = (_made + 1, name);
            }

            return (_study, budgets[_study]);
        }
        finally
        {
            _turn.Release();
        }
    }
}
