using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <content>When answers leave: nothing is said that the journal could still contradict.</content>
internal sealed partial class StudyActor
{
    private int _confirming;

    /// <summary>The answer leaves when everything it may rest on is in the journal.</summary>
    private void Answer(IActorRef to, long id, IStudyReply reply)
    {
        var answer = new Response(id, reply);
        if (_open.HasEvents)
        {
            _open.Add(to, answer);
            _meter.Waits(_open.AnswerCount + (_writing?.AnswerCount ?? 0));
            Flush(evenIfNobodyWaits: false);
        }
        else if (_writing is { } writing)
        {
            writing.Add(to, answer);
        }
        else if (_end is not null && reply is StudyReplies.NoTrialLeft { MayChange: false } or StudyReplies.Rejected { Code: Rejection.StudyNotFound })
        {
            _confirming++;
            _end.ConfirmAsync(LastSequenceNr, to, answer).PipeTo(Self);
        }
        else
        {
            Send(to, answer);
        }
    }

    private void Send(IActorRef to, Response answer)
    {
        to.Tell(answer, Self);
        _meter.Answered(to, answer);
        StopIfMoving();
    }

    private void OnEndRead(JournalEnd.Read read)
    {
        read.AssertNotOvertaken(PersistenceId, LastSequenceNr);
        _confirming--;
        Send(read.To, read.Answer);
    }
}
