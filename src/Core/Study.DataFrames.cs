using Optuna.DataFrames;

namespace Optuna;

/// <content>The trials as a table.</content>
public sealed partial class Study
{
    /// <summary>All trials as a table, with the columns of Optuna's <c>trials_dataframe</c>.</summary>
    /// <param name="attrs">What to show, in this order; null for <see cref="TrialsFrame.DefaultAttrs"/>.</param>
    /// <exception cref="ArgumentException">An attribute that trials do not have.</exception>
    public TrialsFrame TrialsDataFrame(IReadOnlyList<string>? attrs = null) => Wait(TrialsDataFrameAsync(attrs));

    /// <inheritdoc cref="TrialsDataFrame"/>
    public async ValueTask<TrialsFrame> TrialsDataFrameAsync(IReadOnlyList<string>? attrs = null, CancellationToken cancellationToken = default)
    {
        var summary = await GetSummaryAsync(cancellationToken).ConfigureAwait(false);
        return TrialsFrame.Of(summary.Directions, summary.MetricNames, await GetTrialsAsync(cancellationToken: cancellationToken).ConfigureAwait(false), attrs);
    }
}
