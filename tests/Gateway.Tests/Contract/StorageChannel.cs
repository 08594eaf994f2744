using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Contract;

/// <summary>The storage protocol over a real channel, with the types of its calls.</summary>
internal sealed class StorageChannel(string address, GrpcChannelOptions? options = null, Metadata? headers = null) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        address, options ?? new GrpcChannelOptions { MaxReceiveMessageSize = null });

    public static string Now => DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public async Task<long> CreateStudyAsync(string? name = null, params W.StudyDirection[] directions)
    {
        var request = new W.CreateNewStudyRequest { StudyName = name ?? $"study-{Guid.NewGuid():N}" };
        request.Directions.AddRange(directions.Length == 0 ? [W.StudyDirection.Minimize] : directions);
        return (await Call("CreateNewStudy", request, W.StudyIdReply.Parser)).StudyId;
    }

    public Task DeleteStudyAsync(long study) => Call("DeleteStudy", new W.StudyIdRequest { StudyId = study }, W.EmptyReply.Parser);

    public Task SetStudyUserAttrAsync(long study, string key, string value) =>
        Call("SetStudyUserAttribute", new W.SetStudyAttributeRequest { StudyId = study, Key = key, Value = value }, W.EmptyReply.Parser);

    public Task SetStudySystemAttrAsync(long study, string key, string value) =>
        Call("SetStudySystemAttribute", new W.SetStudyAttributeRequest { StudyId = study, Key = key, Value = value }, W.EmptyReply.Parser);

    public async Task<long> StudyIdAsync(string name) =>
        (await Call("GetStudyIdFromName", new W.StudyNameRequest { StudyName = name }, W.StudyIdReply.Parser)).StudyId;

    public async Task<string> StudyNameAsync(long study) =>
        (await Call("GetStudyNameFromId", new W.StudyIdRequest { StudyId = study }, W.StudyNameReply.Parser)).StudyName;

    public async Task<IEnumerable<W.StudyDirection>> DirectionsAsync(long study) =>
        (await Call("GetStudyDirections", new W.StudyIdRequest { StudyId = study }, W.DirectionsReply.Parser)).Directions;

    public async Task<IDictionary<string, string>> StudyUserAttrsAsync(long study) =>
        (await Call("GetStudyUserAttributes", new W.StudyIdRequest { StudyId = study }, W.AttributesReply.Parser)).Attributes;

    public async Task<IDictionary<string, string>> StudySystemAttrsAsync(long study) =>
        (await Call("GetStudySystemAttributes", new W.StudyIdRequest { StudyId = study }, W.AttributesReply.Parser)).Attributes;

    public async Task<IReadOnlyList<W.Study>> StudiesAsync() => (await Call("GetAllStudies", new W.EmptyRequest(), W.StudiesReply.Parser)).Studies;

    public async Task<long> CreateTrialAsync(long study, W.Trial? template = null)
    {
        var request = new W.CreateNewTrialRequest { StudyId = study, TemplateTrial = template, TemplateTrialIsNone = template is null };
        return (await Call("CreateNewTrial", request, W.TrialIdReply.Parser)).TrialId;
    }

    public Task SetParamAsync(long trial, string name, double value, string distribution) => Call(
        "SetTrialParameter",
        new W.SetTrialParameterRequest { TrialId = trial, ParamName = name, ParamValueInternal = value, Distribution = distribution }, W.EmptyReply.Parser);

    public async Task<long> TrialIdAsync(long study, long number) => (await Call(
        "GetTrialIdFromStudyIdTrialNumber", new W.TrialNumberRequest { StudyId = study, TrialNumber = number }, W.TrialIdReply.Parser)).TrialId;

    public async Task<bool> SetStateAsync(long trial, W.TrialState state, params double[] values) => (await Call(
        "SetTrialStateValues", new W.SetTrialStateValuesRequest { TrialId = trial, State = state, Values = { values } },
        W.TrialUpdatedReply.Parser)).TrialUpdated;

    public Task SetIntermediateAsync(long trial, long step, double value) => Call(
        "SetTrialIntermediateValue",
        new W.SetTrialIntermediateValueRequest { TrialId = trial, Step = step, IntermediateValue = value }, W.EmptyReply.Parser);

    public Task SetUserAttrAsync(long trial, string key, string value) =>
        Call("SetTrialUserAttribute", new W.SetTrialAttributeRequest { TrialId = trial, Key = key, Value = value }, W.EmptyReply.Parser);

    public Task SetSystemAttrAsync(long trial, string key, string value) =>
        Call("SetTrialSystemAttribute", new W.SetTrialAttributeRequest { TrialId = trial, Key = key, Value = value }, W.EmptyReply.Parser);

    public async Task<W.Trial> TrialAsync(long trial) => (await Call("GetTrial", new W.TrialIdRequest { TrialId = trial }, W.TrialReply.Parser)).Trial;

    public async Task<IReadOnlyList<W.Trial>> TrialsAsync(long study, long greaterThan = -1, params long[] included) => (await Call(
        "GetTrials", new W.GetTrialsRequest { StudyId = study, TrialIdGreaterThan = greaterThan, IncludedTrialIds = { included } },
        W.TrialsReply.Parser)).Trials;

    /// <summary>Any bytes as a request, for what no client sends.</summary>
    public Task<byte[]> RawAsync(string method, byte[] request) =>
        InvokeAsync(method, request, Marshallers.Create(static b => b, static b => b), Marshallers.Create(static b => b, static b => b));

    public void Dispose() => _channel.Dispose();

    private Task<TReply> Call<TRequest, TReply>(string method, TRequest request, MessageParser<TReply> parser)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
        InvokeAsync(method, request, Marshallers.Create<TRequest>(static r => r.ToByteArray(), static _ => throw new NotSupportedException()),
            Marshallers.Create<TReply>(static _ => throw new NotSupportedException(), parser.ParseFrom));

    private async Task<TReply> InvokeAsync<TRequest, TReply>(
        string method, TRequest request, Marshaller<TRequest> write, Marshaller<TReply> read)
        where TRequest : class
        where TReply : class
    {
        var call = new Method<TRequest, TReply>(MethodType.Unary, "optuna.StorageService", method, write, read);
        return await _channel.CreateCallInvoker().AsyncUnaryCall(call, null, new CallOptions(headers), request);
    }
}
