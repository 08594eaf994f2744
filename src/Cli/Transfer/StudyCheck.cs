using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer;

/// <summary>Whether a study read elsewhere can be one of ours: the engine's own rules, asked of a study that is nowhere.</summary>
internal sealed class StudyCheck
{
    // The engine counts within the batch it is asked about.
    private const string EnginesPrefix = "Trial 0: ";

    private readonly ForeignStudy _study;
    private readonly StudyState _state = new(new StudyId(1));
    private int _next;

    /// <exception cref="TransferRefusedException">The study itself cannot be taken.</exception>
    public StudyCheck(ForeignStudy study)
    {
        _study = study;
        if (study.Directions.IsEmpty)
            throw new TransferRefusedException($"Study '{study.Name}' has no direction.");
        foreach (var command in OurStudy.Commands(study))
        {
            foreach (var e in Decide(command, $"Study '{study.Name}'"))
                _state.Apply(e);
        }
    }

    /// <exception cref="TransferRefusedException">The trial cannot be taken; the message names it.</exception>
    public void Next(FrozenTrial trial)
    {
        if (trial.Number != _next)
        {
            throw new TransferRefusedException(
                $"Study '{_study.Name}': the trials are not numbered in order from 0 on; trial {trial.Number} stands where {_next} is expected.");
        }

        _next++;
        var who = $"Study '{_study.Name}', trial {trial.Number}";
        if (!trial.State.IsFinished() && trial.DatetimeComplete is not null)
            throw new TransferRefusedException($"{who}: it is {trial.State.ToString().ToLowerInvariant()}, but its end is dated.");
        if (OurStudy.Size(trial) > OurStudy.MaxTrialSize)
            throw new TransferRefusedException($"{who}: its attributes and values are larger than the {OurStudy.MaxTrialSize >> 20} MiB that one message may hold.");
        _ = Decide(new StorageCommands.AddTrials(0, [trial]), who);
    }

    /// <exception cref="TransferRefusedException">There are fewer trials than the store says.</exception>
    public void End()
    {
        if (_next != _study.TrialCount)
            throw new TransferRefusedException($"Study '{_study.Name}' should have {_study.TrialCount} trials, but {_next} can be read.");
    }

    private IEnumerable<IStudyEvent> Decide(IStudyCommand command, string who)
    {
        var decision = StudyRules.Decide(_state, command, DateTimeOffset.UnixEpoch);
        if (decision.Reply is not StudyReplies.Rejected rejected)
            return decision.Events;
        var sentence = rejected.Sentence;
        throw new TransferRefusedException($"{who}: {(sentence.StartsWith(EnginesPrefix, StringComparison.Ordinal) ? sentence[EnginesPrefix.Length..] : sentence)}");
    }
}
