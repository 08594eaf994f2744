using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Cluster.Client;

/// <summary>Which trials this process holds, from what is asked and answered: their leases must be renewed.</summary>
internal sealed class OpenTrials
{
    private readonly Dictionary<(StudyId Study, WorkerId Worker), HashSet<int>> _held = [];
    private readonly Dictionary<(StudyId Study, int Number), WorkerId> _holder = [];

    /// <summary>One per study and worker that holds at least one trial.</summary>
    public IEnumerable<WorkerHeartbeat> Heartbeats => _held.Select(h => new WorkerHeartbeat(h.Key.Study, h.Key.Worker, [.. h.Value]));

    public void Answered(IWireMessage request, IStudyReply reply)
    {
        if (request is not StudyRequest r)
            return;
        switch (r.Body, reply)
        {
            case (StudyCommands.AskTrial ask, StudyReplies.TrialAsked asked):
                Hold(r.Study, ask.Worker, asked.Number);
                break;
            case (StudyCommands.TellTrial tell, StudyReplies.TrialTold):
                Release(r.Study, tell.Number);
                break;
            case (StudyCommands.TellTrial tell, StudyReplies.Rejected { Code: Rejection.LeaseLost or Rejection.TrialFinished or Rejection.TrialNotFound }):
                Release(r.Study, tell.Number);
                break;
        }
    }

    private void Hold(StudyId study, WorkerId worker, int number)
    {
        _holder[(study, number)] = worker;
        if (!_held.TryGetValue((study, worker), out var numbers))
            _held.Add((study, worker), numbers = []);
        numbers.Add(number);
    }

    private void Release(StudyId study, int number)
    {
        if (!_holder.Remove((study, number), out var worker))
            return;
        var numbers = _held[(study, worker)];
        numbers.Remove(number);
        if (numbers.Count == 0)
            _held.Remove((study, worker));
    }
}
