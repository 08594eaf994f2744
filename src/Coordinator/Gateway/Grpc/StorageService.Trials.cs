using Grpc.Core;
using Optuna.Studies;
using Optuna.Trials;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <content>Calls about trials.</content>
internal sealed partial class StorageService
{
    public async Task<W.TrialIdReply> CreateNewTrial(W.CreateNewTrialRequest request, ServerCallContext call)
    {
        var study = StudyOf(request.StudyId);
        FrozenTrial? template = null;
        if (!request.TemplateTrialIsNone)
            template = await ReadAsync(() => TrialMessages.Read(request.TemplateTrial ?? new()), study, new StudyQueries.GetSummary(), call).ConfigureAwait(false);
        var command = new StorageCommands.CreateTrial(Guid.NewGuid(), orphans.Worker, template);
        var added = (await door.AskAsync(study, command, call.CancellationToken).ConfigureAwait(false)).Expect<StudyReplies.TrialAdded>();
        var id = TrialIds.Of(study, added.Number);
        if (template is null)
            orphans.Touch(id, Connection(call));
        return new W.TrialIdReply { TrialId = id };
    }

    public async Task<W.EmptyReply> SetTrialParameter(W.SetTrialParameterRequest request, ServerCallContext call)
    {
        var (study, number) = TrialOf(request.TrialId);
        var distribution = await ReadAsync(
            () => TrialMessages.ReadDistribution(request.ParamName, request.Distribution), study, Probe(number), call).ConfigureAwait(false);
        return await SetAsync(
            request.TrialId, new StorageCommands.SetTrialParam(number, request.ParamName, request.ParamValueInternal, distribution), call).ConfigureAwait(false);
    }

    public async Task<W.TrialIdReply> GetTrialIdFromStudyIdTrialNumber(W.TrialNumberRequest request, ServerCallContext call)
    {
        var study = StudyOf(request.StudyId);
        if (request.TrialNumber is < 0 or > int.MaxValue)
            throw StorageErrors.Of(StatusCode.NotFound, $"The study has no trial {request.TrialNumber}.");
        var query = new StudyQueries.GetTrial((int)request.TrialNumber);
        (await door.AskAsync(study, query, call.CancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Trials>();
        return new W.TrialIdReply { TrialId = TrialIds.Of(study, (int)request.TrialNumber) };
    }

    public async Task<W.TrialUpdatedReply> SetTrialStateValues(W.SetTrialStateValuesRequest request, ServerCallContext call)
    {
        var (study, number) = TrialOf(request.TrialId);
        var state = await ReadAsync(() => TrialMessages.Read(request.State), study, Probe(number), call).ConfigureAwait(false);
        var command = new StorageCommands.SetTrialState(Guid.NewGuid(), orphans.Worker, number, state, [.. request.Values]);
        var set = (await door.AskAsync(study, command, call.CancellationToken).ConfigureAwait(false)).Expect<StudyReplies.TrialStateSet>();
        if (state.IsFinished())
            orphans.Ended(request.TrialId);
        else if (set.Updated && state == TrialState.Running)
            orphans.Touch(request.TrialId, Connection(call));
        return new W.TrialUpdatedReply { TrialUpdated = set.Updated };
    }

    public Task<W.EmptyReply> SetTrialIntermediateValue(W.SetTrialIntermediateValueRequest request, ServerCallContext call) => SetAsync(
        request.TrialId, new StorageCommands.SetIntermediateValue(TrialOf(request.TrialId).Number, request.Step, request.IntermediateValue), call);

    public Task<W.EmptyReply> SetTrialUserAttribute(W.SetTrialAttributeRequest request, ServerCallContext call) => SetAsync(AttrKind.User, request, call);

    public Task<W.EmptyReply> SetTrialSystemAttribute(W.SetTrialAttributeRequest request, ServerCallContext call) => SetAsync(AttrKind.System, request, call);

    public async Task<W.TrialReply> GetTrial(W.TrialIdRequest request, ServerCallContext call)
    {
        var (study, number) = TrialOf(request.TrialId);
        var reply = await door.AskAsync(study, new StudyQueries.GetTrial(number), call.CancellationToken).ConfigureAwait(false);
        return new W.TrialReply { Trial = TrialMessages.Write(study, reply.Expect<StudyReplies.Trials>().Page[0]) };
    }

    public Task<EncodedTrials> GetTrials(W.GetTrialsRequest request, ServerCallContext call) =>
        mirrors.ReadAsync(StudyOf(request.StudyId), request.TrialIdGreaterThan, request.IncludedTrialIds, call.CancellationToken);

    private Task<W.EmptyReply> SetAsync(AttrKind kind, W.SetTrialAttributeRequest request, ServerCallContext call) => SetAsync(
        request.TrialId, new StudyCommands.SetTrialAttr(TrialOf(request.TrialId).Number, 0, kind, request.Key, request.Value, EvenWaiting: true), call);

    private async Task<W.EmptyReply> SetAsync(long trial, IStudyCommand command, ServerCallContext call)
    {
        (await door.AskAsync(TrialOf(trial).Study, command, call.CancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();
        orphans.Touch(trial, Connection(call));
        return Nothing;
    }

    // An unknown or finished trial is told of before a malformed argument is: an attribute that is no JSON changes nothing and is refused last.
    private static StudyCommands.SetTrialAttr Probe(int number) => new(number, 0, AttrKind.System, "", "", EvenWaiting: true);

    /// <param name="question">Refused where the study, or the trial, is not there or cannot be changed; asked only if the reading fails.</param>
    private async Task<T> ReadAsync<T>(Func<T> read, StudyId study, object question, ServerCallContext call)
    {
        try
        {
            return read();
        }
        catch (RpcException malformed)
        {
            var reply = await door.AskAsync(study, question, call.CancellationToken).ConfigureAwait(false);
            if (reply is StudyReplies.Rejected { Code: not Rejection.InvalidValue } rejected)
                throw StorageErrors.Of(rejected);
            throw StorageErrors.Of(malformed.StatusCode, malformed.Status.Detail);
        }
    }

    private static (StudyId Study, int Number) TrialOf(long id) =>
        TrialIds.TryRead(id, out var study, out var number) ? (study, number) : throw StorageErrors.NoTrial(id);

    private static string Connection(ServerCallContext call) => call.GetHttpContext().Connection.Id;
}
