using System.Collections.Immutable;
using Optuna.Numerics;

namespace Optuna.Samplers.BruteForce;

/// <summary>A parameter on a path through the space, as one trial took it.</summary>
/// <param name="Index">Which candidate; −1 for a value that is none (somebody queued it).</param>
internal readonly record struct PathStep(string Name, Candidates Candidates, long Index, double Value);

/// <summary>How a trial came to the end of its path.</summary>
internal enum PathEnd
{
    /// <summary>There is no parameter beyond.</summary>
    Complete,

    /// <summary>Failed or pruned: perhaps before it asked for more.</summary>
    BrokenOff,

    /// <summary>Not yet: it will take one of the points below, or is this one.</summary>
    Running,

    /// <summary>Not yet, and nothing is taken for granted of it.</summary>
    RunningOn,
}

/// <summary>What is known of the space below a path: nothing yet (unexpanded), nothing there (leaf), or a parameter and what lies below its values.</summary>
/// <remarks>Immutable: a changed copy shares what did not change, so running trials can be entered for the length of one question.</remarks>
internal sealed record Node
{
    public static readonly Node Unexpanded = new();

    private static readonly ImmutableSortedDictionary<long, Node> NoChildren = ImmutableSortedDictionary<long, Node>.Empty;

    /// <summary>The parameter that is asked for here; null for an unexpanded node or a leaf.</summary>
    public string? Name { get; private init; }

    public Candidates Candidates { get; private init; }

    /// <summary>What is known below some of the candidates; the others are unexpanded.</summary>
    public ImmutableSortedDictionary<long, Node> Children { get; private init; } = NoChildren;

    /// <summary>What is known below values that are no candidates; never drawn.</summary>
    public ImmutableDictionary<double, Node> Strays { get; private init; } = ImmutableDictionary<double, Node>.Empty;

    /// <summary>How many points there are below or at this one, as far as is known, that nobody has visited or is going to.</summary>
    public Int128 Open => Int128.Max((Name is not null ? OpenBelow : IsLeaf ? 0 : 1) - Taken, 0);

    /// <summary>The sum over all candidates.</summary>
    private Int128 OpenBelow { get; init; }

    /// <summary>How many candidates have an open node below them.</summary>
    private long OpenCandidates { get; init; }

    /// <summary>How many candidates somebody works at.</summary>
    private int BusyCandidates { get; init; }

    /// <summary>How many trials at work have come as far as here: each is going to take one of the points below.</summary>
    private int Taken { get; init; }

    private bool IsLeaf { get; init; }

    /// <summary>A leaf only as far as a trial shows that broke off here.</summary>
    private bool IsTentative { get; init; }

    private bool IsRunning { get; init; }

    /// <summary>What is known below a value.</summary>
    public Node Below(in PathStep step) =>
        Name != step.Name ? Unexpanded
        : step.Index >= 0 ? Children.GetValueOrDefault(step.Index) ?? Unexpanded
        : Strays.GetValueOrDefault(step.Value) ?? Unexpanded;

    /// <summary>With one more trial's path.</summary>
    /// <exception cref="ArgumentException">The path and those before it cannot belong to the same space.</exception>
    public Node With(ReadOnlySpan<PathStep> path, PathEnd end)
    {
        if (path.IsEmpty)
            return Ended(end);
        var step = path[0];
        var node = Asking(step.Name, step.Candidates);
        var (before, after) = (node.Below(step), node.Below(step).With(path[1..], end));
        return step.Index < 0
            ? node with { Strays = node.Strays.SetItem(step.Value, after) }
            : node with
            {
                Children = node.Children.SetItem(step.Index, after),
                OpenBelow = node.OpenBelow - before.Open + after.Open,
                OpenCandidates = node.OpenCandidates - (before.Open > 0 ? 1 : 0) + (after.Open > 0 ? 1 : 0),
                BusyCandidates = node.BusyCandidates - (before.IsRunning ? 1 : 0) + (after.IsRunning ? 1 : 0),
            };
    }

    /// <summary>The node as one that asks for this parameter.</summary>
    /// <exception cref="ArgumentException">It is known to ask for another, for other values, or for none.</exception>
    public Node Asking(string name, Candidates candidates)
    {
        if (Name is null && (!IsLeaf || IsTentative))
        {
            return new Node
            {
                Name = name, Candidates = candidates, OpenBelow = candidates.Count, OpenCandidates = candidates.Count, IsRunning = IsRunning, Taken = Taken,
            };
        }

        if (Name != name)
            throw new ArgumentException($"BruteForceSampler needs the same space in every trial: where one trial asked for '{name}', another asked for {(Name is null ? "nothing" : $"'{Name}'")}.");
        return Candidates == candidates
            ? this
            : throw new ArgumentException($"BruteForceSampler needs the same space in every trial: parameter '{name}' had the values {Candidates}, and now {candidates}.");
    }

    /// <summary>Draws one of the candidates that have something open below: half by how much is open, half each the same.</summary>
    /// <remarks>Candidates somebody works at come last. Without anything open, any candidate.</remarks>
    public long Draw(RandomState random)
    {
        if (OpenBelow == 0)
            return Candidates.Count <= int.MaxValue ? random.NextIndex((int)Candidates.Count) : random.NextInt64(0, Candidates.Count);
        var idle = Total(idleOnly: true);
        var isBusyLeftOut = idle > 0;
        var left = random.NextDouble() * (isBusyLeftOut ? idle : Total(idleOnly: false));
        var (next, last) = (0L, 0L);
        foreach (var (index, child) in Children)
        {
            if (Skip(ref left, ref last, next, index))
                return last;
            next = index + 1;
            if (child.Open == 0 || (isBusyLeftOut && child.IsRunning))
                continue;
            last = index;
            if ((left -= Weight(child.Open)) < 0)
                return index;
        }

        Skip(ref left, ref last, next, Candidates.Count);
        return last;
    }

    // Unexpanded candidates from one index to before another weigh the same each.
    private bool Skip(ref double left, ref long last, long from, long to)
    {
        if (from == to)
            return false;
        var weight = Weight(1);
        var at = left / weight;
        left -= weight * (to - from);
        last = left < 0 ? Math.Min(from + (long)at, to - 1) : to - 1;
        return left < 0;
    }

    private double Weight(Int128 open) => (0.5 * (double)open / (double)OpenBelow) + (0.5 / OpenCandidates);

    private double Total(bool idleOnly)
    {
        if (!idleOnly || BusyCandidates == 0)
            return 1;
        var total = Weight(1) * (Candidates.Count - Children.Count);
        foreach (var (_, child) in Children)
        {
            if (child.Open > 0 && !child.IsRunning)
                total += Weight(child.Open);
        }

        return total;
    }

    private Node Ended(PathEnd end) => end switch
    {
        PathEnd.Running => this with { IsRunning = true, Taken = Taken + 1 },
        PathEnd.RunningOn => this with { IsRunning = true },
        PathEnd.BrokenOff => Name is null && !IsLeaf ? new Node { IsLeaf = true, IsTentative = true } : this,
        _ when Name is { } name => throw new ArgumentException(
            $"BruteForceSampler needs the same space in every trial: where one trial asked for '{name}', another asked for nothing."),
        _ => new Node { IsLeaf = true },
    };
}
