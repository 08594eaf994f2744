using System.Collections.Immutable;
using System.Security.Cryptography;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna;

/// <summary>An optimisation: a set of trials, directions, a sampler and a pruner. In this process or on a cluster, the same object.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed partial class Study
{
    private readonly IStudyBackend _backend;
    private readonly WorkerId _worker = new($"{Guid.NewGuid():N}");
    private readonly RequestIds _requests = new();
    private readonly KnownDistributions _known = new();
    private readonly StudySummary _summary;

    private readonly TimeProvider _clock;

    /// <param name="clock">What timeouts are measured with; null for the system's.</param>
    public Study(IStudyBackend backend, StudySummary summary, TimeProvider? clock = null) =>
        (_backend, _summary, _clock) = (backend, summary, clock ?? TimeProvider.System);

    public StudyId Id => _summary.Id;

    public string Name => _summary.Name;

    public ImmutableArray<StudyDirection> Directions => _summary.Directions;

    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public StudyDirection Direction => Directions.Length == 1
        ? Directions[0]
        : throw new InvalidOperationException("A study with several objectives has no single direction: read 'Directions'.");

    /// <summary>A study in this process, gone with it.</summary>
    /// <param name="studyName">Null: a name nobody else has.</param>
    /// <param name="direction">For one objective; minimise when neither this nor <paramref name="directions"/> is given.</param>
    /// <param name="directions">One per objective; not with <paramref name="direction"/>.</param>
    /// <param name="sampler">Null: TPE.</param>
    /// <param name="pruner">Null: the median pruner.</param>
    /// <param name="seed">The same seed gives the same trials; null for another sequence every time.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <exception cref="ArgumentException">A name, direction or option is not acceptable.</exception>
    public static Study Create(
        string? studyName = null, StudyDirection? direction = null, IReadOnlyList<StudyDirection>? directions = null,
        ISampler? sampler = null, IPruner? pruner = null, ulong? seed = null, TimeProvider? clock = null) =>
        Create(studyName, direction, directions, sampler, pruner, seed, clock, journal: null);

    internal static Study Create(
        string? studyName, StudyDirection? direction, IReadOnlyList<StudyDirection>? directions,
        ISampler? sampler, IPruner? pruner, ulong? seed, TimeProvider? clock, Action<IStudyEvent>? journal)
    {
        if (direction is not null && directions is not null)
            throw new ArgumentException("Give either 'direction' or 'directions', not both.");
        var create = new StudyCommands.CreateStudy(
            studyName ?? $"no-name-{Guid.NewGuid():D}", directions is null ? [direction ?? StudyDirection.Minimize] : [.. directions],
            SamplerCatalog.Default, PrunerCatalog.Default, seed ?? RandomSeed(), Retry: 0);
        clock ??= TimeProvider.System;
        sampler?.CheckObjectives(create.Directions.Length);
        var state = new StudyState(new StudyId(1));
        var (reply, events) = StudyRules.Decide(state, create, clock.GetUtcNow());
        reply.Expect<StudyReplies.Accepted>();
        foreach (var e in events)
        {
            journal?.Invoke(e);
            state.Apply(e);
        }

        var backend = new LocalStudy(
            state, sampler ?? SamplerCatalog.Create(state.Sampler, state.Directions.Length), pruner ?? PrunerCatalog.Create(state.Pruner), clock, journal);
        return new Study(backend, ((StudyReplies.Summary)TrialReader.Answer(state, new StudyQueries.GetSummary())).Study, clock);
    }

    /// <summary>A running trial; end it with <see cref="Tell(Trial, double, TrialState?, bool)"/>.</summary>
    /// <param name="fixedDistributions">Suggested at once, in this order.</param>
    public Trial Ask(IEnumerable<KeyValuePair<string, Distribution>>? fixedDistributions = null) => Wait(AskAsync(fixedDistributions));

    /// <inheritdoc cref="Ask"/>
    public async ValueTask<Trial> AskAsync(
        IEnumerable<KeyValuePair<string, Distribution>>? fixedDistributions = null, CancellationToken cancellationToken = default)
    {
        var ask = new StudyCommands.AskTrial(_worker, _requests.Next(), Budget: null);
        var asked = (await _backend.SendAsync(ask, cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.TrialAsked>();
        // Whoever tells this trial may know only its number: each parameter is recorded when it is suggested.
        var trial = new Trial(_backend, _summary, asked with { Drawn = [] }, cancellationToken, _known);
        foreach (var (name, distribution) in fixedDistributions ?? [])
            trial.Suggest(name, distribution);
        return trial;
    }

    /// <summary>Ends a trial with one value.</summary>
    /// <param name="state">Null: complete, or fail when the value is NaN.</param>
    /// <param name="skipIfFinished">Answer a finished trial as it is instead of refusing.</param>
    /// <exception cref="ArgumentException">The value does not fit the state or the number of objectives.</exception>
    /// <exception cref="TrialFinishedException">It was told before.</exception>
    public FrozenTrial Tell(Trial trial, double value, TrialState? state = null, bool skipIfFinished = false) =>
        Wait(TellAsync(trial, [value], state, skipIfFinished));

    /// <summary>Ends a trial with one value per objective, or with none (pruned, failed).</summary>
    /// <inheritdoc cref="Tell(Trial, double, TrialState?, bool)"/>
    public FrozenTrial Tell(Trial trial, IReadOnlyList<double>? values = null, TrialState? state = null, bool skipIfFinished = false) =>
        Wait(TellAsync(trial, values, state, skipIfFinished));

    /// <summary>Ends the trial of a number, whoever asked for it.</summary>
    /// <exception cref="KeyNotFoundException">No trial of that number.</exception>
    public FrozenTrial Tell(int number, IReadOnlyList<double>? values = null, TrialState? state = null, bool skipIfFinished = false) =>
        Wait(TellAsync(number, 0, [.. values ?? []], [], state, skipIfFinished, default));

    /// <inheritdoc cref="Tell(Trial, double, TrialState?, bool)"/>
    public async ValueTask<FrozenTrial> TellAsync(
        Trial trial, IReadOnlyList<double>? values = null, TrialState? state = null, bool skipIfFinished = false,
        CancellationToken cancellationToken = default)
    {
        await trial.SettleAsync().ConfigureAwait(false);
        return await TellAsync(trial.Number, trial.Lease, [.. values ?? []], trial.Used, state, skipIfFinished, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Queues a trial with given parameters; the next one asked for gets it.</summary>
    /// <param name="parameters">External values by name; names left out are sampled.</param>
    /// <param name="skipIfExists">Do nothing when the study has a trial with these parameters.</param>
    public void EnqueueTrial(
        IReadOnlyDictionary<string, object?> parameters, IReadOnlyDictionary<string, object?>? userAttrs = null, bool skipIfExists = false) =>
        Send(new StudyCommands.EnqueueTrial(
            _requests.Next(), PythonJson.Write(parameters),
            [.. (userAttrs ?? ImmutableDictionary<string, object?>.Empty).Select(a => KeyValuePair.Create(a.Key, PythonJson.Write(a.Value)))],
            skipIfExists)).Expect<StudyReplies.TrialAdded>();

    /// <summary>Adds a trial that was evaluated elsewhere; its number is given anew.</summary>
    /// <exception cref="ArgumentException">The trial breaks a rule of <see cref="FrozenTrial.Validate"/>.</exception>
    public void AddTrial(FrozenTrial trial) =>
        Send(new StudyCommands.AddTrial(_requests.Next(), trial)).Expect<StudyReplies.TrialAdded>();

    /// <summary>Adds several; not as one step.</summary>
    public void AddTrials(IEnumerable<FrozenTrial> trials)
    {
        foreach (var trial in trials)
            AddTrial(trial);
    }

    /// <summary>Keeps anything that has a JSON form with the study.</summary>
    public void SetUserAttr(string key, object? value) =>
        Wait(SetUserAttrAsync(key, value));

    /// <inheritdoc cref="SetUserAttr"/>
    public async ValueTask<StudyReplies.Accepted> SetUserAttrAsync(string key, object? value, CancellationToken cancellationToken = default) =>
        (await _backend.SendAsync(new StudyCommands.SetStudyAttr(AttrKind.User, key, PythonJson.Write(value)), cancellationToken)
            .ConfigureAwait(false)).Expect<StudyReplies.Accepted>();

    /// <summary>Keeps something with the study under a key of the product's own, not the user's.</summary>
    internal async ValueTask SetSystemAttrAsync(string key, object? value, CancellationToken cancellationToken) =>
        (await _backend.SendAsync(new StudyCommands.SetStudyAttr(AttrKind.System, key, PythonJson.Write(value)), cancellationToken)
            .ConfigureAwait(false)).Expect<StudyReplies.Accepted>();

    /// <exception cref="ArgumentException">Not one name per objective.</exception>
    public void SetMetricNames(IReadOnlyList<string> names) =>
        Send(new StudyCommands.SetMetricNames([.. names])).Expect<StudyReplies.Accepted>();

    private async ValueTask<FrozenTrial> TellAsync(
        int number, long lease, ImmutableArray<double> values, ImmutableArray<TrialParam> used, TrialState? state, bool skipIfFinished,
        CancellationToken cancellationToken)
    {
        var tell = new StudyCommands.TellTrial(number, lease, state, values, used, null, skipIfFinished);
        var told = (await _backend.SendAsync(tell, cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.TrialTold>();
        if (told.Warning is { } warning)
            OptunaLog.Warning($"Trial {number} failed: {warning}");
        return await GetTrialAsync(number, cancellationToken).ConfigureAwait(false);
    }

    private IStudyReply Send(IStudyCommand command) => Wait(_backend.SendAsync(command));

    private static T Wait<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private static ulong RandomSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
}
