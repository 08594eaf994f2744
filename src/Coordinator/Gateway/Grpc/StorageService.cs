using System.Security.Cryptography;
using Grpc.Core;
using Optuna.Cluster.Client;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Trials;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>The storage contract of Optuna's Python, call by call; each is answered after the journal has it. Studies: see also <see cref="StorageService"/>'s other part.</summary>
internal sealed partial class StorageService(StudyDoor door, StudyMirrors mirrors, OrphanWatch orphans)
{
    public async Task<W.StudyIdReply> CreateNewStudy(W.CreateNewStudyRequest request, ServerCallContext call)
    {
        if (request.Directions.Any(d => !Enum.IsDefined(d)))
            throw StorageErrors.Of(StatusCode.InvalidArgument, "'directions' must hold MINIMIZE or MAXIMIZE.");
        var spec = new StudyCommands.CreateStudy(
            request.StudyName, [.. request.Directions.Select(d => d == W.StudyDirection.Minimize ? StudyDirection.Minimize : StudyDirection.Maximize)],
            ComponentSpec.Default, ComponentSpec.Default, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), OptunaClient.DefaultRetryLimit);
        if (spec.Directions.IsEmpty)
            throw StorageErrors.Of(StatusCode.InvalidArgument, "'directions' must hold at least one of MINIMIZE and MAXIMIZE.");
        var command = new CatalogCommands.CreateStudy(Guid.NewGuid(), spec, LoadIfExists: false);
        var found = (await door.AskAsync(command, call.CancellationToken).ConfigureAwait(false)).Expect<CatalogReplies.StudyFound>();
        return new W.StudyIdReply { StudyId = found.Study.Value };
    }

    public async Task<W.EmptyReply> DeleteStudy(W.StudyIdRequest request, ServerCallContext call)
    {
        var summary = await SummaryAsync(request.StudyId, call).ConfigureAwait(false);
        var command = new CatalogCommands.DeleteStudy(summary.Name, summary.Id);
        (await door.AskAsync(command, call.CancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();
        return Nothing;
    }

    public Task<W.EmptyReply> SetStudyUserAttribute(W.SetStudyAttributeRequest request, ServerCallContext call) => SetAsync(AttrKind.User, request, call);

    public Task<W.EmptyReply> SetStudySystemAttribute(W.SetStudyAttributeRequest request, ServerCallContext call) => SetAsync(AttrKind.System, request, call);

    public async Task<W.StudyIdReply> GetStudyIdFromName(W.StudyNameRequest request, ServerCallContext call)
    {
        var reply = await door.AskAsync(new CatalogCommands.FindStudy(request.StudyName), call.CancellationToken).ConfigureAwait(false);
        return new W.StudyIdReply { StudyId = reply.Expect<CatalogReplies.StudyFound>().Study.Value };
    }

    public async Task<W.StudyNameReply> GetStudyNameFromId(W.StudyIdRequest request, ServerCallContext call) =>
        new() { StudyName = (await SummaryAsync(request.StudyId, call).ConfigureAwait(false)).Name };

    public async Task<W.DirectionsReply> GetStudyDirections(W.StudyIdRequest request, ServerCallContext call) =>
        new() { Directions = { Directions(await SummaryAsync(request.StudyId, call).ConfigureAwait(false)) } };

    public async Task<W.AttributesReply> GetStudyUserAttributes(W.StudyIdRequest request, ServerCallContext call) =>
        new() { Attributes = { (await SummaryAsync(request.StudyId, call).ConfigureAwait(false)).UserAttrs.ToDictionary() } };

    public async Task<W.AttributesReply> GetStudySystemAttributes(W.StudyIdRequest request, ServerCallContext call) =>
        new() { Attributes = { (await SummaryAsync(request.StudyId, call).ConfigureAwait(false)).SystemAttrs.ToDictionary() } };

    public async Task<W.StudiesReply> GetAllStudies(W.EmptyRequest request, ServerCallContext call)
    {
        var studies = await door.SummariesAsync(call.CancellationToken).ConfigureAwait(false);
        return new W.StudiesReply { Studies = { studies.Select(Write) } };
    }

    private static readonly W.EmptyReply Nothing = new();

    private async Task<W.EmptyReply> SetAsync(AttrKind kind, W.SetStudyAttributeRequest request, ServerCallContext call)
    {
        var command = new StudyCommands.SetStudyAttr(kind, request.Key, request.Value);
        (await door.AskAsync(StudyOf(request.StudyId), command, call.CancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();
        return Nothing;
    }

    private async Task<StudySummary> SummaryAsync(long id, ServerCallContext call) =>
        (await door.AskAsync(StudyOf(id), new StudyQueries.GetSummary(), call.CancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Summary>().Study;

    private static StudyId StudyOf(long id) => TrialIds.TryReadStudy(id, out var study) ? study : throw StorageErrors.NoStudy(id);

    private static W.Study Write(StudySummary study) => new()
    {
        StudyId = study.Id.Value,
        StudyName = study.Name,
        Directions = { Directions(study) },
        UserAttributes = { study.UserAttrs.ToDictionary() },
        SystemAttributes = { study.SystemAttrs.ToDictionary() },
    };

    private static IEnumerable<W.StudyDirection> Directions(StudySummary study) =>
        study.Directions.Select(d => d == StudyDirection.Minimize ? W.StudyDirection.Minimize : W.StudyDirection.Maximize);
}
