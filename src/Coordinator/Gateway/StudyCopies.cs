using System.Collections.Concurrent;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway;

/// <summary>Copies of the studies that were read through this node lately.</summary>
/// <param name="isHeld">Whether a copy is kept however long nobody has read it; null for never.</param>
internal sealed class StudyCopies<T>(Func<StudyId, T> make, Func<StudyId, bool>? isHeld = null)
    where T : StudyCopy
{
    private static readonly TimeSpan s_keptFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<StudyId, T> _copies = [];
    private long _swept = TimeProvider.System.GetTimestamp();

    public T Of(StudyId study)
    {
        Sweep();
        return _copies.GetOrAdd(study, make);
    }

    /// <summary>The one there is; null when the study was not read lately.</summary>
    public T? Find(StudyId study) => _copies.GetValueOrDefault(study);

    public void Forget(T copy) => _copies.TryRemove(KeyValuePair.Create(copy.Study, copy));

    private void Sweep()
    {
        var swept = Interlocked.Read(ref _swept);
        if (TimeProvider.System.GetElapsedTime(swept) < s_keptFor / 5
            || Interlocked.CompareExchange(ref _swept, TimeProvider.System.GetTimestamp(), swept) != swept)
            return;
        foreach (var (study, copy) in _copies)
        {
            if (isHeld?.Invoke(study) != true && TimeProvider.System.GetElapsedTime(copy.LastUsed) > s_keptFor)
                Forget(copy);
        }
    }
}
