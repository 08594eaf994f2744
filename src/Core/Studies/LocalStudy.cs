using System.Collections.Immutable;
using Optuna.Pruners;
using Optuna.Samplers;

namespace Optuna.Studies;

/// <summary>A study in this process: the rules under a lock, the sampler outside it.</summary>
/// <remarks>
/// Trials one after the other draw from one sequence, as a seeded Optuna sampler does. Once trials run in parallel,
/// every trial has its own generator (study seed, number), so that what is drawn does not depend on the threads' timing.
/// </remarks>
public sealed class LocalStudy : IStudyBackend, IStudyStateSource
{
    private readonly Lock _gate = new();
    private readonly ISampler _sampler;
    private readonly IPruner _pruner;
    private readonly TimeProvider _clock;
    private readonly Action<IStudyEvent>? _journal;
    private readonly Dictionary<int, Drawing> _drawings = [];
    private readonly Func<int, StudyView> _look;
    private readonly Lock _sequenceGate = new();
    private readonly RandomStreams _sequence;
    private readonly StudyState _state;
    private bool _parallel;

    /// <param name="journal">Told every event in order, under the study's lock; the events alone rebuild the study.</param>
    public LocalStudy(StudyState state, ISampler sampler, IPruner pruner, TimeProvider clock, Action<IStudyEvent>? journal = null)
    {
        (_state, _sampler, _pruner, _clock, _journal) = (state, sampler, pruner, clock, journal);
        _look = Look;
        _sequence = RandomStreams.Sequential(state.Seed);
    }

    public ValueTask<IStudyReply> SendAsync(IStudyCommand command, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Send(command));

    public ValueTask<IStudyReply> QueryAsync(IStudyQuery query, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return ValueTask.FromResult(TrialReader.Answer(_state, query));
    }

    T IStudyStateSource.Read<T>(Func<StudyState, T> look)
    {
        lock (_gate)
            return look(_state);
    }

    public void PrepareForParallelTrials()
    {
        lock (_gate)
            _parallel = true;
    }

    private IStudyReply Send(IStudyCommand command)
    {
        if (command is StudyCommands.SuggestParam suggest)
            return Suggest(suggest);
        lock (_gate)
        {
            if (command is StudyCommands.ReportValue report)
                return Pruning.Report(_state, report, _pruner, Decide);
            if (command is StudyCommands.AskTrial ask && Suggesting.Ended(_state, ask, _sampler) is { } ended)
                return ended;
            var version = _state.Version;
            var reply = Decide(command);
            return (command, reply) switch
            {
                (StudyCommands.AskTrial, StudyReplies.TrialAsked asked) when _state.Version != version => Begin(asked),
                (StudyCommands.TellTrial c, _) => Forget(c.Number, reply),
                (StudyCommands.AbandonTrial c, _) => Forget(c.Number, reply),
                _ => reply,
            };
        }
    }

    private IStudyReply Suggest(StudyCommands.SuggestParam c)
    {
        Drawing drawing;
        lock (_gate)
        {
            var reply = Decide(c);
            if (reply is not StudyReplies.SampleNeeded)
                return reply;
            if (!_drawings.TryGetValue(c.Number, out drawing!))
                _drawings.Add(c.Number, drawing = NewDrawing(c.Number));
        }

        lock (drawing.Gate)
        {
            var context = Context(c.Number, drawing);
            if (!_sampler.DrawsInTurn(context))
                return Draw(c, drawing, context);
            lock (_gate)
                return Draw(c, drawing, Context(c.Number, drawing));
        }
    }

    private IStudyReply Draw(StudyCommands.SuggestParam c, Drawing drawing, SamplingContext context)
    {
        // The joint space is drawn when the first parameter needs a sampler, as Optuna does: a trial whose
        // parameters are all fixed takes nothing from the sequence.
        if (!drawing.JointDrawn)
        {
            drawing.JointDrawn = true;
            var joint = Suggesting.DrawJoint(_sampler, context);
            if (!joint.IsEmpty || !context.Wishes.IsEmpty)
            {
                lock (_gate)
                {
                    Decide(new StudyCommands.RecordDrawn(c.Number, joint));
                    Decide(context.Wishes);
                    var reply = Decide(c);
                    if (reply is not StudyReplies.SampleNeeded)
                        return reply;
                }
            }

            context = Context(c.Number, drawing);
        }

        var value = Suggesting.DrawOne(_sampler, context, c.Name, c.Distribution);
        lock (_gate)
        {
            Decide(context.Wishes);
            return Decide(c with { Sampled = value, OutOfRange = context.OutOfRange });
        }
    }

    private StudyReplies.TrialAsked Begin(StudyReplies.TrialAsked asked)
    {
        if (_sampler is not IStartingSampler sampler)
            return asked;
        var context = new SamplingContext(_look, asked.Number, RandomStreams.AtStart(_state.Seed, asked.Number));
        sampler.BeforeTrial(context);
        Decide(context.Wishes);
        return asked;
    }

    private SamplingContext Context(int number, Drawing drawing) => new(_look, number, drawing.Streams);

    private Drawing NewDrawing(int number) => _parallel
        ? new Drawing(RandomStreams.ForTrial(_state.Seed, number), new Lock())
        : new Drawing(_sequence, _sequenceGate);

    private StudyView Look(int number)
    {
        lock (_gate)
            return Pruning.ViewFor(_state, number, _pruner);
    }

    private void Decide(ImmutableArray<IStudyCommand> wishes)
    {
        foreach (var wish in wishes)
            Decide(wish);
    }

    private IStudyReply Decide(IStudyCommand command)
    {
        var now = StudyRules.IsDated(command) ? _clock.GetUtcNow() : default;
        var (reply, events) = StudyRules.Decide(_state, command, now);
        foreach (var e in events)
        {
            if (e is StudyEvents.TrialFinished finished && _sampler is IFinishingSampler sampler)
                End(finished, sampler);
            _journal?.Invoke(e);
            _state.Apply(e);
        }

        return reply;
    }

    private void End(StudyEvents.TrialFinished e, IFinishingSampler sampler)
    {
        var context = new SamplingContext(_look, e.Number, RandomStreams.AtEnd(_state.Seed, e.Number));
        sampler.AfterTrial(context, e.State, e.Values);
        Decide(context.Wishes);
    }

    // A trial put back keeps what was drawn for it.
    private IStudyReply Forget(int number, IStudyReply reply)
    {
        if (_state.Live.Find(number) is null)
            _drawings.Remove(number);
        return reply;
    }

    /// <param name="gate">Held while <paramref name="streams"/> are drawn from.</param>
    private sealed class Drawing(RandomStreams streams, Lock gate)
    {
        public Lock Gate { get; } = gate;

        public RandomStreams Streams { get; } = streams;

        public bool JointDrawn { get; set; }
    }
}
