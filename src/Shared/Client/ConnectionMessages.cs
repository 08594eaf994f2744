using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Cluster.Client;

/// <summary>What the parts of a client say to each other; never crosses the wire.</summary>
internal static class ConnectionMessages
{
    /// <summary>Send this until it is answered.</summary>
    /// <param name="Message">Makes the wire message for a number.</param>
    public sealed record Send(Func<long, IWireMessage> Message, TaskCompletionSource<IStudyReply> Answer, TimeSpan? Timeout)
        : INoSerializationVerificationNeeded;

    /// <summary>Answered with the <see cref="Sessions.Welcome"/> of a coordinator once there is one.</summary>
    public sealed record AwaitConnected(TaskCompletionSource<Sessions.Welcome> Answer) : INoSerializationVerificationNeeded;

    public sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    public sealed record SendPing : INoSerializationVerificationNeeded
    {
        public static readonly SendPing Instance = new();
    }

    public sealed record SendHeartbeats : INoSerializationVerificationNeeded
    {
        public static readonly SendHeartbeats Instance = new();
    }

    public sealed record SayHello : INoSerializationVerificationNeeded
    {
        public static readonly SayHello Instance = new();
    }
}
