using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>The calls of <c>optuna.StorageService</c>, a row each: the role it needs, its name, its request, what answers it.</summary>
/// <remarks>Bound by hand rather than by generated code, because <c>GetTrials</c> answers with what is encoded already.</remarks>
internal sealed class StorageMethods : IServiceMethodProvider<StorageService>
{
    private const string Service = "optuna.StorageService";

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<StorageService> context)
    {
        Add(context, TokenRole.Write, "CreateNewStudy", CreateNewStudyRequest.Parser, (s, r, c) => s.CreateNewStudy(r, c));
        Add(context, TokenRole.Admin, "DeleteStudy", StudyIdRequest.Parser, (s, r, c) => s.DeleteStudy(r, c));
        Add(context, TokenRole.Write, "SetStudyUserAttribute", SetStudyAttributeRequest.Parser, (s, r, c) => s.SetStudyUserAttribute(r, c));
        Add(context, TokenRole.Write, "SetStudySystemAttribute", SetStudyAttributeRequest.Parser, (s, r, c) => s.SetStudySystemAttribute(r, c));
        Add(context, TokenRole.Read, "GetStudyIdFromName", StudyNameRequest.Parser, (s, r, c) => s.GetStudyIdFromName(r, c));
        Add(context, TokenRole.Read, "GetStudyNameFromId", StudyIdRequest.Parser, (s, r, c) => s.GetStudyNameFromId(r, c));
        Add(context, TokenRole.Read, "GetStudyDirections", StudyIdRequest.Parser, (s, r, c) => s.GetStudyDirections(r, c));
        Add(context, TokenRole.Read, "GetStudyUserAttributes", StudyIdRequest.Parser, (s, r, c) => s.GetStudyUserAttributes(r, c));
        Add(context, TokenRole.Read, "GetStudySystemAttributes", StudyIdRequest.Parser, (s, r, c) => s.GetStudySystemAttributes(r, c));
        Add(context, TokenRole.Read, "GetAllStudies", EmptyRequest.Parser, (s, r, c) => s.GetAllStudies(r, c));
        Add(context, TokenRole.Write, "CreateNewTrial", CreateNewTrialRequest.Parser, (s, r, c) => s.CreateNewTrial(r, c));
        Add(context, TokenRole.Write, "SetTrialParameter", SetTrialParameterRequest.Parser, (s, r, c) => s.SetTrialParameter(r, c));
        Add(context, TokenRole.Read, "GetTrialIdFromStudyIdTrialNumber", TrialNumberRequest.Parser, (s, r, c) => s.GetTrialIdFromStudyIdTrialNumber(r, c));
        Add(context, TokenRole.Write, "SetTrialStateValues", SetTrialStateValuesRequest.Parser, (s, r, c) => s.SetTrialStateValues(r, c));
        Add(context, TokenRole.Write, "SetTrialIntermediateValue", SetTrialIntermediateValueRequest.Parser, (s, r, c) => s.SetTrialIntermediateValue(r, c));
        Add(context, TokenRole.Write, "SetTrialUserAttribute", SetTrialAttributeRequest.Parser, (s, r, c) => s.SetTrialUserAttribute(r, c));
        Add(context, TokenRole.Write, "SetTrialSystemAttribute", SetTrialAttributeRequest.Parser, (s, r, c) => s.SetTrialSystemAttribute(r, c));
        Add(context, TokenRole.Read, "GetTrial", TrialIdRequest.Parser, (s, r, c) => s.GetTrial(r, c));
        Add(context, TokenRole.Read, "GetTrials", GetTrialsRequest.Parser, EncodedTrials.Marshaller, (s, r, c) => s.GetTrials(r, c));
    }

    private static void Add<TRequest, TReply>(
        ServiceMethodProviderContext<StorageService> context, TokenRole role, string name, MessageParser<TRequest> parser,
        Func<StorageService, TRequest, ServerCallContext, Task<TReply>> call)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
        Add(context, role, name, parser, Marshallers.Create<TReply>(Write, static _ => throw new NotSupportedException("Only servers write replies.")), call);

    private static void Add<TRequest, TReply>(
        ServiceMethodProviderContext<StorageService> context, TokenRole role, string name, MessageParser<TRequest> parser, Marshaller<TReply> reply,
        Func<StorageService, TRequest, ServerCallContext, Task<TReply>> call)
        where TRequest : class, IMessage<TRequest>
        where TReply : class
    {
        var request = Marshallers.Create(Write, received => Read(received, parser));
        context.AddUnaryMethod(
            new Method<TRequest, TReply>(MethodType.Unary, Service, name, request, reply), [new NeedsRole(role)], (service, r, c) => call(service, r, c));
    }

    private static TMessage Read<TMessage>(DeserializationContext received, MessageParser<TMessage> parser)
        where TMessage : class, IMessage<TMessage>
    {
        try
        {
            return parser.ParseFrom(received.PayloadAsReadOnlySequence());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw StorageErrors.Of(StatusCode.InvalidArgument, $"The request is not a {typeof(TMessage).Name}: {e.Message}");
        }
    }

    private static void Write<TMessage>(TMessage message, SerializationContext context) where TMessage : class, IMessage<TMessage>
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
