namespace Optuna.Cli.Watch;

/// <summary>Trials per second, over the last half minute.</summary>
internal sealed class Rate(TimeProvider clock)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(30);

    private readonly Queue<(long At, int Finished)> _seen = [];

    /// <param name="finished">How many trials of the study have ended by now.</param>
    public double At(int finished)
    {
        var now = clock.GetTimestamp();
        while (_seen.Count > 1 && clock.GetElapsedTime(_seen.Peek().At, now) > s_window)
            _seen.Dequeue();
        _seen.Enqueue((now, finished));
        var (at, before) = _seen.Peek();
        var seconds = clock.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? Math.Max(0, (finished - before) / seconds) : 0;
    }
}
