using Akka.Actor;
using Akka.Event;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Terminators;

namespace Optuna.Coordinator.Studies;

/// <content>The rule by which the study stops itself: asked whenever a trial has become complete, and obeyed as an operator's order is.</content>
internal sealed partial class StudyActor
{
    private ITerminator? _terminator;
    private int _judgedAt = -1;
    private bool _judging;
    private string? _judgeFault;

    // A rule that must fit a model is asked off the mailbox's time, about one state after the other; trials that start meanwhile are
    // finished like all others. A rule that only counts is obeyed in the same turn, so that not one trial more is started.
    private void Judge()
    {
        // A study that is resumed goes on until another trial is complete, also when it was stopped before this actor was there.
        if (_state.Mode == StudyMode.Stopped)
            _judgedAt = _state.History.Complete;
        if (_state.StopWhen is not { } rule || _judging || !_state.Exists || _state.Mode != StudyMode.Running || _state.History.Complete == _judgedAt)
            return;
        _judgedAt = _state.History.Complete;
        var (terminator, view) = (_terminator ??= TerminatorCatalog.Create(rule, _state.Directions.Length), _state.View);
        if (terminator is Terminator { IsQuick: true })
        {
            OnJudged(Ask(terminator, view));
            return;
        }

        _judging = true;
        Task.Run(() => Ask(terminator, view)).PipeTo(Self);
    }

    private void OnJudgedElsewhere(Judged judged)
    {
        _judging = false;
        OnJudged(judged);
        Judge();
        Flush(evenIfNobodyWaits: true);
    }

    private void OnJudged(Judged judged)
    {
        // A rule that cannot judge, for instance because scores were not reported, stops nothing; said once per reason.
        if (judged.Fault is { } fault && fault != _judgeFault)
            _log.Warning("Study {0}: its rule {1} cannot judge it: {2}", _state.Name, _state.StopWhen, fault);
        _judgeFault = judged.Fault;
        if (!judged.Ends || _state.Mode != StudyMode.Running)
            return;
        _log.Info("Study {0}: its rule {1} stops it", _state.Name, _state.StopWhen);
        Decide(new StudyCommands.SetMode(StudyMode.Stopped), _clock.GetUtcNow());
    }

    private static Judged Ask(ITerminator terminator, StudyView view)
    {
        try
        {
            return new Judged(terminator.ShouldTerminate(view), null);
        }
        catch (Exception e)
        {
            return new Judged(false, e.Message);
        }
    }

    private sealed record Judged(bool Ends, string? Fault) : INoSerializationVerificationNeeded;
}
