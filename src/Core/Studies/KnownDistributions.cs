using System.Collections.Concurrent;
using Optuna.Distributions;

namespace Optuna.Studies;

/// <summary>The distribution each name was last suggested with: objectives describe the same ones trial after trial, and need not make them anew.</summary>
internal sealed class KnownDistributions
{
    private readonly ConcurrentDictionary<string, Distribution> _byName = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>About how many parameters a trial may have.</summary>
    public int Count => Volatile.Read(ref _count);

    public Distribution? Find(string name) => _byName.GetValueOrDefault(name);

    public void Add(string name, Distribution distribution)
    {
        if (_byName.TryAdd(name, distribution))
            Interlocked.Increment(ref _count);
        else
            _byName[name] = distribution;
    }
}
