using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>One call of Optimize: as many loops of ask, evaluate and tell as there are jobs, sharing one count of trials.</summary>
internal sealed class Optimization(
    Study study, IStudyBackend backend, StudySummary summary, WorkerId worker, RequestIds requests, KnownDistributions known,
    Func<Trial, CancellationToken, ValueTask<ObjectiveValue>> objective, int? nTrials, TimeSpan? timeout,
    ImmutableArray<Type> caught, ImmutableArray<Action<Study, FrozenTrial>> callbacks, IProgress<OptimizeProgress>? progress, TimeProvider clock)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookAgainWhenPaused = TimeSpan.FromSeconds(1);

    private readonly Lock _afterTrial = new();
    private readonly long _start = clock.GetTimestamp();
    private int _taken;
    private int _done;
    private int _running;
    private TaskCompletionSource? _trialEnded;
    private volatile bool _stop;

    // Why the last ask got nothing.
    private volatile NoTrialReason _held;

    public void Stop() => _stop = true;

    public async Task RunAsync(int jobs, CancellationToken cancellationToken)
    {
        if (jobs == 1)
        {
            await LoopAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var loops = new Task[jobs];
        for (var i = 0; i < jobs; i++)
        {
            // A thread each: objectives compute, and must not wait for the pool to grow.
            loops[i] = Task.Factory.StartNew(
                () => LoopAsync(cancellationToken).GetAwaiter().GetResult(),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await Task.WhenAll(loops).ConfigureAwait(false);
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (TakeTurn())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await RunTrialAsync(cancellationToken).ConfigureAwait(false) is not { } number)
                    return;
                await AfterTrialAsync(number, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            _stop = true;
            throw;
        }
    }

    private bool TakeTurn()
    {
        if (_stop || (timeout is { } limit && Elapsed >= limit))
            return false;
        return nTrials is null || Interlocked.Increment(ref _taken) <= nTrials;
    }

    private async ValueTask<int?> RunTrialAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync(cancellationToken).ConfigureAwait(false) is not { } asked)
            return null;
        var trial = new Trial(backend, summary, asked, cancellationToken, known);
        var (tell, failure) = await Evaluation.RunAsync(objective, trial, cancellationToken).ConfigureAwait(false);
        try
        {
            // Told even when the optimisation is being cancelled: a trial is never left running.
            var told = (await backend.SendAsync(tell, CancellationToken.None).ConfigureAwait(false)).Expect<StudyReplies.TrialTold>();
            if (told.Warning is { } warning)
                OptunaLog.Warning($"Trial {trial.Number} failed: {warning}");
        }
        catch (LeaseLostException e)
        {
            OptunaLog.Warning($"The result of trial {trial.Number} does not count: {e.Message}");
            return trial.Number;
        }
        finally
        {
            Ended();
        }

        if (failure is not null && !caught.Any(t => t.IsInstanceOfType(failure)))
            ExceptionDispatchInfo.Throw(failure);
        return trial.Number;
    }

    // A paused study is waited for. A sampler that has tried everything ends the optimisation, but while trials of other loops run they may open up more:
    // by ending, or by asking for a parameter that nobody knew of.
    private async ValueTask<StudyReplies.TrialAsked?> AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await AskOnceAsync(cancellationToken).ConfigureAwait(false) is { } asked)
                return asked;
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ended = Interlocked.CompareExchange(ref _trialEnded, ended, null) ?? ended;
            // A trial that ended before this loop began to listen is seen by asking once more.
            if (await AskOnceAsync(cancellationToken).ConfigureAwait(false) is { } late)
                return late;
            if (_stop || _held is NoTrialReason.Stopped or NoTrialReason.Drained || (_held == NoTrialReason.Spent && Volatile.Read(ref _running) == 0))
                return null;
            await Task.WhenAny(ended.Task, Task.Delay(_held == NoTrialReason.Paused ? LookAgainWhenPaused : LookAgainAfter, clock, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask<StudyReplies.TrialAsked?> AskOnceAsync(CancellationToken cancellationToken)
    {
        var ask = new StudyCommands.AskTrial(worker, requests.Next(), Budget: int.MaxValue);
        var reply = await backend.SendAsync(ask, cancellationToken).ConfigureAwait(false);
        if (reply is StudyReplies.NoTrialLeft left)
        {
            _held = left.Reason;
            return null;
        }

        var asked = reply.Expect<StudyReplies.TrialAsked>();
        Interlocked.Increment(ref _running);
        return asked;
    }

    private void Ended()
    {
        Interlocked.Decrement(ref _running);
        Interlocked.Exchange(ref _trialEnded, null)?.TrySetResult();
    }

    private ValueTask AfterTrialAsync(int number, CancellationToken cancellationToken)
    {
        if (!callbacks.IsEmpty || OptunaLog.IsEnabled)
            return ShowAsync(number, cancellationToken);
        Count(null);
        return ValueTask.CompletedTask;
    }

    private async ValueTask ShowAsync(int number, CancellationToken cancellationToken)
    {
        var frozen = (await backend.QueryAsync(new StudyQueries.GetTrial(number), cancellationToken).ConfigureAwait(false))
            .Expect<StudyReplies.Trials>().Page[0];
        if (OptunaLog.IsEnabled)
            OptunaLog.Info(await DescribeAsync(frozen).ConfigureAwait(false));
        Count(frozen);
    }

    /// <param name="frozen">For the callbacks; null when there are none.</param>
    private void Count(FrozenTrial? frozen)
    {
        lock (_afterTrial)
        {
            _done++;
            foreach (var callback in callbacks)
                callback(study, frozen!);
            progress?.Report(new OptimizeProgress(_done, nTrials, Elapsed));
        }
    }

    private async ValueTask<string> DescribeAsync(FrozenTrial trial)
    {
        var parameters = string.Join(", ", trial.ParamList.Select(p => string.Create(CultureInfo.InvariantCulture, $"'{p.Name}': {p.External}")));
        var values = string.Join(", ", trial.Values.Select(v => v.ToString(CultureInfo.InvariantCulture)));
        var line = $"Trial {trial.Number} finished as {trial.State} with value(s) [{values}] and parameters {{{parameters}}}.";
        return summary.Directions.Length == 1
            && await backend.QueryAsync(new StudyQueries.GetBestTrial()).ConfigureAwait(false) is StudyReplies.Trials best
            ? string.Create(CultureInfo.InvariantCulture, $"{line} Best is trial {best.Page[0].Number} with value {best.Page[0].Value}.")
            : line;
    }

    private TimeSpan Elapsed => clock.GetElapsedTime(_start);
}
