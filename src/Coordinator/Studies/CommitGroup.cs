using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <summary>What will go to the journal together: events, and the answers that may be given once they are there.</summary>
/// <remarks>
/// Events nobody waits for (a trial whose parameters are still being drawn) stay in the open group until somebody does:
/// they ride along, and a trial costs two rows at most however many events it makes.
/// </remarks>
internal sealed class CommitGroup
{
    private readonly List<IStudyEvent> _events = [];
    private readonly List<(IActorRef To, Response Answer)> _answers = [];

    public bool HasEvents => _events.Count > 0;

    public bool HasAnswers => _answers.Count > 0;

    public int EventCount => _events.Count;

    public int AnswerCount => _answers.Count;

    public void Add(IEnumerable<IStudyEvent> events) => _events.AddRange(events);

    public void Add(IActorRef to, Response answer) => _answers.Add((to, answer));

    public EventBatch ToBatch() => new([.. _events]);

    /// <param name="sent">Told of each.</param>
    public void SendAnswers(IActorRef from, Action<IActorRef, Response> sent)
    {
        foreach (var (to, answer) in _answers)
        {
            to.Tell(answer, from);
            sent(to, answer);
        }
    }
}
