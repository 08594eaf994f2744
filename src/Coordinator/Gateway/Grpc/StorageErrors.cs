using Grpc.Core;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>Refusals as the status codes Optuna's client turns back into its exceptions.</summary>
internal static class StorageErrors
{
    /// <exception cref="RpcException">It was refused.</exception>
    public static T Expect<T>(this IStudyReply reply) where T : IStudyReply => reply switch
    {
        T expected => expected,
        StudyReplies.Rejected rejected => throw Of(rejected),
        _ => throw new RpcException(new Status(StatusCode.Internal, $"The study answered with {reply.GetType().Name}.")),
    };

    // NOT_FOUND: KeyError, ALREADY_EXISTS: DuplicatedStudyError, FAILED_PRECONDITION: UpdateFinishedTrialError, INVALID_ARGUMENT: ValueError.
    public static RpcException Of(StudyReplies.Rejected rejected) => Of(
        rejected.Code switch
        {
            Rejection.StudyNotFound or Rejection.TrialNotFound => StatusCode.NotFound,
            Rejection.StudyExists => StatusCode.AlreadyExists,
            Rejection.TrialFinished => StatusCode.FailedPrecondition,
            Rejection.InvalidValue or Rejection.IncompatibleDistribution or Rejection.WrongObjectiveCount => StatusCode.InvalidArgument,
            Rejection.Unavailable => StatusCode.Unavailable,
            _ => StatusCode.Internal,
        },
        rejected.Sentence);

    public static RpcException Of(StatusCode code, string sentence) => new(new Status(code, sentence));

    public static RpcException NoStudy(long id) => Of(StatusCode.NotFound, $"There is no study with the id {id}.");

    public static RpcException NoTrial(long id) => Of(StatusCode.NotFound, $"There is no trial with the id {id}.");
}
