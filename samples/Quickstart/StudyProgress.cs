using Optuna.Studies;
using Spectre.Console;

namespace Optuna.Samples.Quickstart;

/// <summary>Shows on stderr how far a study is: a live bar on a terminal, a line per tenth of the way elsewhere.</summary>
/// <remarks>Looks at the study and not at its workers, so trials that others evaluate are seen too.</remarks>
internal static class StudyProgress
{
    private static readonly TimeSpan LookAfter = TimeSpan.FromMilliseconds(200);

    /// <param name="from">Finished trials at the start.</param>
    /// <param name="to">Finished trials at the end.</param>
    /// <param name="work">The view ends with it, whatever its outcome; that is for the caller to see.</param>
    public static async Task ShowAsync(Study study, int from, int to, Task work, CancellationToken cancel)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            var tenth = 0;
            await FollowAsync(study, work, summary =>
            {
                var reached = (summary.Done - from) * 10 / (to - from);
                if (reached > tenth)
                    Console.Error.WriteLine($"{summary.Done - from} of {to - from} trials, {summary.Text}");
                tenth = Math.Max(tenth, reached);
            }, cancel).ConfigureAwait(false);
            return;
        }

        await console.Progress()
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("starting", maxValue: to - from);
                return FollowAsync(study, work, seen =>
                {
                    bar.Value = seen.Done - from;
                    bar.Description = Markup.Escape($"{seen.Done - from} of {to - from} trials, {seen.Text}");
                }, cancel);
            }).ConfigureAwait(false);
    }

    private static async Task FollowAsync(Study study, Task work, Action<Seen> show, CancellationToken cancel)
    {
        (int? Trial, double Value) best = (null, double.NaN);
        for (var ended = false; !ended;)
        {
            // Once more after the end, so that the last trial is shown too.
            ended = await Task.WhenAny(work, Task.Delay(LookAfter, CancellationToken.None)).ConfigureAwait(false) == work;
            if (ended && !work.IsCompletedSuccessfully)
                return;
            var summary = await study.GetSummaryAsync(cancel).ConfigureAwait(false);
            if (summary.BestTrial is { } number && number != best.Trial)
                best = (number, (await study.GetBestTrialAsync(cancel).ConfigureAwait(false)).Value!.Value);
            var text = best.Trial is null ? "none complete yet" : $"best AUC {best.Value:0.00000} of trial {best.Trial}";
            show(new Seen(summary.Counts.Finished, $"{summary.Counts.Pruned} pruned, {text}"));
        }
    }

    private readonly record struct Seen(int Done, string Text);
}
