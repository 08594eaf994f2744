using System.Diagnostics;

namespace Optuna.Tests.Fleet;

/// <summary>Waits for what other processes bring about.</summary>
internal static class Until
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> TrueAsync(string what, Func<Task<bool>> condition, TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > patience)
                throw new TimeoutException($"Not within {patience.TotalSeconds:0} s: {what}.");
            await Task.Delay(Step);
        }

        return waited.Elapsed;
    }

    public static Task<TimeSpan> TrueAsync(string what, Func<bool> condition, TimeSpan patience) =>
        TrueAsync(what, () => Task.FromResult(condition()), patience);
}
