using System.Collections.Immutable;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Chaos.Checking;

/// <summary>What a study's journal says, and whether it may say so. Not the engine's own fold: that is on trial here.</summary>
internal sealed class StudyLedger(string id, IReadOnlyDictionary<string, int> budgets, Findings findings)
{
    private readonly List<Entry> _trials = [];
    private long _sequence;
    private int _waiting;

    public string Name { get; private set; } = id;

    public IReadOnlyList<Entry> Trials => _trials;

    public void Add(JournalRow row)
    {
        if (row.SequenceNumber <= _sequence)
            findings.AddDuplicated($"{Name}: row {row.SequenceNumber} of the journal comes after row {_sequence}.");
        else if (row.SequenceNumber > _sequence + 1)
            findings.AddLost($"{Name}: rows {_sequence + 1} to {row.SequenceNumber - 1} of the journal are missing.");
        _sequence = row.SequenceNumber;
        if (row.Message is EventBatch batch)
        {
            foreach (var e in batch.Events)
                Add(e);
        }
    }

    /// <summary>Once the fleet has come to its end: exactly so many trials, each of them finished.</summary>
    public void Close()
    {
        findings.Trials += _trials.Count(t => t.State.IsFinished());
        if (!budgets.TryGetValue(Name, out var budget))
            return;
        if (_trials.Count != budget)
            findings.AddBudgetError($"{Name}: the budget was {budget} trials, and there are {_trials.Count}.");
        foreach (var (trial, number) in _trials.Select((t, i) => (t, i)).Where(t => !t.t.State.IsFinished()))
            findings.AddBudgetError($"{Name}: trial {number} is still {trial.State} at the end.");
    }

    private void Add(IStudyEvent e)
    {
        switch (e)
        {
            case StudyEvents.StudyCreated created: Name = created.Name; break;
            case StudyEvents.TrialStarted s: Start(s); break;
            case StudyEvents.TrialAdded a: Begin(a.Number, a.Trial.State, a.Trial.Values); break;
            case StudyEvents.TrialRequeued r: Move(r.Number, TrialState.Waiting, []); break;
            case StudyEvents.TrialStateSet s: Move(s.Number, s.State, s.Values); break;
            case StudyEvents.TrialFinished f: Move(f.Number, f.State, f.Values); break;
            case StudyEvents.ParamsDrawn d: Touch(d.Number, e); break;
            case StudyEvents.ParamsSet p: Touch(p.Number, e); break;
            case StudyEvents.ParamReplaced p: Touch(p.Number, e); break;
            case StudyEvents.ValueReported v: Touch(v.Number, e); break;
            case StudyEvents.PruneAdvised p: Touch(p.Number, e); break;
            case StudyEvents.TrialAttrSet a: Touch(a.Number, e); break;
        }
    }

    private void Start(StudyEvents.TrialStarted s)
    {
        if (s.Number >= _trials.Count)
            Begin(s.Number, TrialState.Running, []);
        else if (_trials[s.Number].State == TrialState.Waiting)
            Move(s.Number, TrialState.Running, []);
        else
            findings.AddDuplicated($"{Name}: trial {s.Number} is given out again while it is {_trials[s.Number].State}.");
        var started = _trials.Count - _waiting;
        if (budgets.TryGetValue(Name, out var budget) && started > budget)
            findings.AddBudgetError($"{Name}: with trial {s.Number} there are {started} trials of a budget of {budget}.");
    }

    private void Begin(int number, TrialState state, ImmutableArray<double> values)
    {
        if (number < _trials.Count)
        {
            findings.AddDuplicated($"{Name}: the number {number} is given a second time.");
            return;
        }

        for (; _trials.Count < number; _trials.Add(new Entry(TrialState.Fail, [])))
            findings.AddLost($"{Name}: trial {_trials.Count} never began, though {number} did.");
        _trials.Add(new Entry(state, values));
        _waiting += state == TrialState.Waiting ? 1 : 0;
    }

    private void Move(int number, TrialState state, ImmutableArray<double> values)
    {
        if (number >= _trials.Count)
        {
            findings.AddLost($"{Name}: trial {number} becomes {state} and never began.");
            return;
        }

        var before = _trials[number];
        if (before.State.IsFinished())
        {
            findings.AddChanged($"{Name}: trial {number} was {before} and becomes {new Entry(state, values)}.");
            return;
        }

        _waiting += (state == TrialState.Waiting ? 1 : 0) - (before.State == TrialState.Waiting ? 1 : 0);
        _trials[number] = new Entry(state, values);
    }

    private void Touch(int number, IStudyEvent e)
    {
        if (number >= _trials.Count)
            findings.AddLost($"{Name}: {e.GetType().Name} for trial {number}, which never began.");
        else if (_trials[number].State.IsFinished())
            findings.AddChanged($"{Name}: {e.GetType().Name} for trial {number}, which was {_trials[number]}.");
    }

    internal sealed record Entry(TrialState State, ImmutableArray<double> Values)
    {
        public override string ToString() => Values.IsEmpty ? $"{State}" : $"{State} with {string.Join(", ", Values)}";
    }
}
