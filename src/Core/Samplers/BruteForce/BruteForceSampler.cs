using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.BruteForce;

/// <summary>Tries every combination of values once, finding out on the way which parameters there are, and then ends the optimisation.</summary>
/// <remarks>
/// Parameters may depend on others, but the same values must always lead to the same next parameter with the same range; floats
/// need a step. What is open is remembered as a tree of the values so far; of two branches one is drawn half by how much is
/// open in it and half evenly, as Optuna does. A failed or pruned trial has visited its point.
/// </remarks>
public sealed class BruteForceSampler : IExhaustible
{
    private readonly bool _avoidPrematureStop;
    private readonly IReadOnlyDictionary<string, object?>? _fixed;
    private readonly HistoryMemory<Explored> _explored;
    private readonly Lock _gate = new();

    /// <param name="avoidPrematureStop">
    /// Count a running trial's branch as open until the trial has ended, as Optuna does with this option, at the price of points
    /// that are visited twice. Loops and workers need it not: they look again as long as trials are running.
    /// </param>
    public BruteForceSampler(bool avoidPrematureStop = false)
        : this(avoidPrematureStop, null)
    {
    }

    private BruteForceSampler(bool avoidPrematureStop, IReadOnlyDictionary<string, object?>? fixedParams)
    {
        (_avoidPrematureStop, _fixed) = (avoidPrematureStop, fixedParams);
        _explored = new HistoryMemory<Explored>(() => new Explored(PathOf));
    }

    public bool DrawsInTurn(SamplingContext context) => true;

    public bool DrawsAhead => false;

    public bool IsExhausted(StudyView study)
    {
        try
        {
            return WithRunning(study.Whole, -1).Open == 0;
        }
        catch (ArgumentException)
        {
            // The next trial's draw will say it.
            return false;
        }
    }

    /// <exception cref="ArgumentException">The parameter has no end of values, or the trials so far do not belong to one space.</exception>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        var candidates = Candidates.Of(name, distribution);
        var node = WithRunning(context.Study.Whole, context.Number);
        foreach (var step in PathOf(context.Params) ?? [])
            node = node.Below(step);
        return candidates[node.Asking(name, candidates).Draw(context.Random.Own)];
    }

    /// <summary>The same search in the part of the space where these parameters have these values, as if it were all.</summary>
    internal BruteForceSampler Within(IReadOnlyDictionary<string, object?> fixedParams) => new(_avoidPrematureStop, fixedParams);

    private Node WithRunning(StudyView study, int except)
    {
        Node root;
        string? fault;
        lock (_gate)
        {
            var explored = _explored.Of(study);
            (root, fault) = (explored.Root, explored.Fault);
        }

        if (fault is not null)
            throw new ArgumentException(fault);
        foreach (var trial in study.Running.Concat(study.Returned))
        {
            // A trial that was lost gets what it had when it is started again: it will take that path, though it has not asked yet.
            if (trial.Number != except && PathOf(trial.Params) is { } path)
                root = root.With(path, _avoidPrematureStop ? PathEnd.RunningOn : PathEnd.Running);
        }

        return root;
    }

    private PathStep[]? PathOf(IEnumerable<TrialParam> parameters)
    {
        var path = new List<PathStep>();
        foreach (var p in parameters)
        {
            if (_fixed is not null && _fixed.TryGetValue(p.Name, out var external))
            {
                if (!IsValue(p, external))
                    return null;
                continue;
            }

            var candidates = Candidates.Of(p.Name, p.Distribution);
            path.Add(new PathStep(p.Name, candidates, candidates.IndexOf(p.Distribution, p.Value), p.Value));
        }

        return [.. path];
    }

    private static bool IsValue(TrialParam p, object? external)
    {
        try
        {
            return p.Distribution.ToInternal(external) == p.Value;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
