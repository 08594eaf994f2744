using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Cluster.Client;

/// <summary>
/// One client's line to the coordinators: says hello to one after the other until one answers, numbers every question,
/// sends it until it is answered, and moves on when the coordinator falls silent.
/// </summary>
/// <remarks>
/// Only this side opens connections, and only to one coordinator at a time. Nothing is watched across the wire, so a
/// crash on either side quarantines nobody. Every question is safe to repeat, which is what makes moving on harmless.
/// </remarks>
internal sealed class ConnectionActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(4);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly OptunaClientOptions _options;
    private readonly string _name;
    private readonly string _protocol;
    private readonly List<CoordinatorAddress> _contacts;
    private readonly SortedDictionary<long, Question> _questions = [];
    private readonly List<TaskCompletionSource<Sessions.Welcome>> _waiting = [];
    private readonly OpenTrials _trials = new();
    private IActorRef? _session;
    private Sessions.Welcome? _welcome;
    private long _lastHeard;
    private long _nextId;
    private int _contact = -1;

    public ConnectionActor(OptunaUrl url, OptunaClientOptions options, string name)
    {
        (_options, _name, _contacts) = (options, name, [.. url.Coordinators]);
        _protocol = OptunaSystem.AkkaProtocol(url.Tls);

        Receive<ConnectionMessages.Send>(OnSend);
        Receive<Response>(OnResponse);
        Receive<ConnectionMessages.Tick>(_ => OnTick());
        Receive<ConnectionMessages.SendPing>(_ => OnPing());
        Receive<ConnectionMessages.SendHeartbeats>(_ => OnHeartbeats());
        Receive<Sessions.Pong>(OnPong);
        Receive<Sessions.Welcome>(OnWelcome);
        Receive<Sessions.Refused>(OnRefused);
        Receive<Sessions.Bye>(_ => OnBye());
        Receive<ConnectionMessages.SayHello>(_ => SayHello());
        Receive<ConnectionMessages.AwaitConnected>(OnAwaitConnected);
        Receive<DisassociatedEvent>(OnDisassociated);
        Receive<ThisActorSystemQuarantinedEvent>(OnQuarantined);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Timers.StartPeriodicTimer("tick", ConnectionMessages.Tick.Instance, TimeSpan.FromMilliseconds(250));
        Timers.StartPeriodicTimer("ping", ConnectionMessages.SendPing.Instance, PingEvery);
        SayHello();
    }

    protected override void PostStop()
    {
        _session?.Tell(Sessions.Bye.Instance);
        foreach (var question in _questions.Values)
            question.Answer.TrySetException(new CoordinatorUnreachableException("The client was closed before the answer came."));
        foreach (var waiting in _waiting)
            waiting.TrySetException(new CoordinatorUnreachableException("The client was closed before a coordinator answered."));
    }

    private void OnSend(ConnectionMessages.Send send)
    {
        var id = ++_nextId;
        var question = new Question(send.Message(id), send.Answer, Now, send.Timeout);
        _questions.Add(id, question);
        Deliver(question);
    }

    private void OnResponse(Response response)
    {
        _lastHeard = Now;
        if (!_questions.TryGetValue(response.Id, out var question))
            return;
        // "Not now" is no answer: the question stays and is sent again.
        if (response.Reply is StudyReplies.Rejected { Code: Rejection.Unavailable })
            return;
        _questions.Remove(response.Id);
        if (question.Answer.TrySetResult(response.Reply))
            _trials.Answered(question.Message, response.Reply);
    }

    private void OnTick()
    {
        var now = Now;
        List<long>? late = null;
        foreach (var (id, question) in _questions)
        {
            if (question.Answer.Task.IsCompleted || (question.Timeout is { } timeout && Since(question.AskedAt, now) > timeout))
                (late ??= []).Add(id);
            else if (Since(question.SentAt, now) > _options.ResendAfter)
                Deliver(question);
        }

        foreach (var id in late ?? [])
        {
            _questions.Remove(id, out var question);
            question!.Answer.TrySetException(new CoordinatorUnreachableException(
                $"No coordinator answered within {question.Timeout?.TotalSeconds:0} s ({string.Join(", ", _contacts)})."));
        }
    }

    private void OnPing()
    {
        if (_session is null)
            return;
        if (Since(_lastHeard, Now) > SilenceLimit)
            MoveOn("it has been silent");
        else
            _session.Tell(Sessions.Ping.Instance);
    }

    private void OnPong(Sessions.Pong pong)
    {
        _lastHeard = Now;
        Learn(pong.Coordinators);
    }

    private void OnHeartbeats()
    {
        foreach (var heartbeat in _trials.Heartbeats)
            _session?.Tell(heartbeat);
    }

    private void OnWelcome(Sessions.Welcome welcome)
    {
        if (_session is not null)
            return;
        Timers.Cancel("hello");
        (_session, _welcome, _lastHeard) = (Sender, welcome, Now);
        Learn(welcome.Coordinators);
        Timers.StartPeriodicTimer("heartbeat", ConnectionMessages.SendHeartbeats.Instance, TimeSpan.Zero, welcome.Lease / 4);
        _log.Info("Connected to the coordinator {0}", Sender.Path.Address);
        foreach (var waiting in _waiting)
            waiting.TrySetResult(welcome);
        _waiting.Clear();
        foreach (var question in _questions.Values)
            Deliver(question);
    }

    private void OnRefused(Sessions.Refused refused)
    {
        _log.Error("The coordinator {0} refused this client: {1}", Sender.Path.Address, refused.Sentence);
        foreach (var waiting in _waiting)
            waiting.TrySetException(new OptunaException(refused.Sentence));
        _waiting.Clear();
    }

    private void OnAwaitConnected(ConnectionMessages.AwaitConnected wish)
    {
        if (_session is not null)
            wish.Answer.TrySetResult(_welcome!);
        else
            _waiting.Add(wish.Answer);
    }

    private void OnBye()
    {
        if (_session is not null && _session.Equals(Sender))
            MoveOn("it is being stopped");
    }

    private void OnDisassociated(DisassociatedEvent e)
    {
        if (_session is not null && e.RemoteAddress.Equals(_session.Path.Address))
            MoveOn("the connection was lost");
    }

    // A quarantined system is never heard again; whoever made it makes another (workers do so by themselves).
    private void OnQuarantined(ThisActorSystemQuarantinedEvent e)
    {
        _log.Error("The coordinator {0} has quarantined this client; its actor system ends", e.RemoteAddress);
        Context.System.Terminate();
    }

    private void MoveOn(string reason)
    {
        _log.Warning("Leaving the coordinator {0}: {1}", _session!.Path.Address, reason);
        _session = null;
        SayHello();
    }

    private void SayHello()
    {
        if (_session is not null)
            return;
        _contact = (_contact + 1) % _contacts.Count;
        var at = _contacts[_contact];
        var address = new Address(_protocol, OptunaSystem.Name, at.Host, at.Port);
        Context.ActorSelection(new RootActorPath(address) / "user" / OptunaSystem.GatewayName)
            .Tell(new Sessions.Hello(ProtocolVersion.Current, _name));
        // One address alone is tried again at once after a refused connection; several are gone through.
        Timers.StartSingleTimer("hello", ConnectionMessages.SayHello.Instance, _contacts.Count > 1 ? HelloTimeout / 2 : HelloTimeout / 4);
    }

    private void Deliver(Question question)
    {
        if (_session is null)
            return;
        question.SentAt = Now;
        _session.Tell(question.Message);
    }

    private void Learn(IEnumerable<string> coordinators)
    {
        foreach (var text in coordinators)
        {
            var address = CoordinatorAddress.Parse(text);
            if (!_contacts.Contains(address))
                _contacts.Add(address);
        }
    }

    private static long Now => TimeProvider.System.GetTimestamp();

    private static TimeSpan Since(long from, long to) => TimeProvider.System.GetElapsedTime(from, to);

    private sealed class Question(IWireMessage message, TaskCompletionSource<IStudyReply> answer, long askedAt, TimeSpan? timeout)
    {
        public IWireMessage Message { get; } = message;

        public TaskCompletionSource<IStudyReply> Answer { get; } = answer;

        public long AskedAt { get; } = askedAt;

        public TimeSpan? Timeout { get; } = timeout;

        public long SentAt { get; set; } = askedAt;
    }
}
