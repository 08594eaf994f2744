using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Catalog;

/// <summary>The fold of the catalogue's events: which names and numbers are taken, and which coordinators were drained.</summary>
internal sealed class CatalogState
{
    private readonly SortedDictionary<int, Entry> _byNumber = [];
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _drained = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>Numbers are never given twice, also not after a study is deleted.</summary>
    public StudyId NextId => new(_last + 1);

    /// <summary>Coordinators that are to host nothing, as HOST:PORT.</summary>
    public IReadOnlyCollection<string> Drained => _drained;

    public Entry? Find(string name) => _byName.GetValueOrDefault(name);

    public IEnumerable<Entry> After(int number) => _byNumber.Values.SkipWhile(e => e.Id.Value <= number);

    public void Apply(ICatalogEvent e)
    {
        switch (e)
        {
            case CatalogEvents.StudyRegistered registered:
                var entry = new Entry(registered.Study, registered.Spec.Name, registered.RequestId, registered.Spec);
                _last = Math.Max(_last, registered.Study.Value);
                _byNumber[registered.Study.Value] = entry;
                _byName[entry.Name] = entry;
                break;
            case CatalogEvents.StudyRenamed renamed:
                var before = _byNumber[renamed.Study.Value];
                _byName.Remove(before.Name);
                _byNumber[renamed.Study.Value] = _byName[renamed.Name] = before with { Name = renamed.Name };
                break;
            case CatalogEvents.StudyRemoved removed:
                _byNumber.Remove(removed.Study.Value, out var gone);
                _byName.Remove(gone!.Name);
                break;
            case CatalogEvents.NodeDrainSet { Drained: true } set:
                _drained.Add(set.Node);
                break;
            case CatalogEvents.NodeDrainSet set:
                _drained.Remove(set.Node);
                break;
            default:
                throw new InvalidOperationException($"CatalogState does not know the event {e.GetType().Name}.");
        }
    }

    /// <param name="RequestId">Of the request that made it.</param>
    /// <param name="Spec">As it was made; the name may have changed since.</param>
    public sealed record Entry(StudyId Id, string Name, Guid RequestId, StudyCommands.CreateStudy Spec);
}
