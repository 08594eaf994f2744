using Grpc.Core;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>The mirrors of the studies that were read through this node lately.</summary>
internal sealed class StudyMirrors(StudyDoor door)
{
    private readonly StudyCopies<StudyMirror> _mirrors = new(study => new StudyMirror(study, door));

    /// <inheritdoc cref="StudyMirror.ReadAsync"/>
    public async Task<EncodedTrials> ReadAsync(StudyId study, long greaterThan, IReadOnlyCollection<long> included, CancellationToken cancel)
    {
        var mirror = _mirrors.Of(study);
        try
        {
            return await mirror.ReadAsync(greaterThan, included, cancel).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            _mirrors.Forget(mirror);
            throw;
        }
    }
}
