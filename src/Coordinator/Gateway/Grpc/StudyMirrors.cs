using System.Collections.Concurrent;
using Grpc.Core;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>The mirrors of the studies that were read through this node lately.</summary>
internal sealed class StudyMirrors(StudyDoor door)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<StudyId, StudyMirror> _mirrors = [];
    private long _swept = TimeProvider.System.GetTimestamp();

    /// <inheritdoc cref="StudyMirror.ReadAsync"/>
    public async Task<EncodedTrials> ReadAsync(StudyId study, long greaterThan, IReadOnlyCollection<long> included, CancellationToken cancel)
    {
        Sweep();
        try
        {
            return await _mirrors.GetOrAdd(study, static (id, door) => new StudyMirror(id, door), door)
                .ReadAsync(greaterThan, included, cancel).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            _mirrors.TryRemove(study, out _);
            throw;
        }
    }

    private void Sweep()
    {
        var swept = Interlocked.Read(ref _swept);
        if (TimeProvider.System.GetElapsedTime(swept) < KeptFor / 5
            || Interlocked.CompareExchange(ref _swept, TimeProvider.System.GetTimestamp(), swept) != swept)
            return;
        foreach (var (study, mirror) in _mirrors)
        {
            if (TimeProvider.System.GetElapsedTime(mirror.LastUsed) > KeptFor)
                _mirrors.TryRemove(study, out _);
        }
    }
}
