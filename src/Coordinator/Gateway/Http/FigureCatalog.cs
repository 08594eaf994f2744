namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Figures by kind: from what is known of a study, and the query, to the JSON text of a Plotly figure.</summary>
internal static class FigureCatalog
{
    /// <summary>A row per kind. What the query asks for wrongly is an <see cref="ArgumentException"/> whose sentence names the parameter.</summary>
    public static readonly IReadOnlyDictionary<string, Func<StudyReading, FigureQuery, CancellationToken, string>> Kinds =
        new Dictionary<string, Func<StudyReading, FigureQuery, CancellationToken, string>>(StringComparer.Ordinal);
}

/// <summary>What a figure's address asks for.</summary>
/// <param name="Target">Which objective; null when the address does not say.</param>
/// <param name="Params">Names; null for all.</param>
/// <param name="ReferencePoint">A number per objective.</param>
/// <param name="Compare">Other studies beside the one of the path.</param>
internal sealed record FigureQuery(
    int? Target, IReadOnlyList<string>? Params, int? NRecentTrials, IReadOnlyList<double>? ReferencePoint, string? Evaluator, bool ErrorBar,
    IReadOnlyList<StudyReading> Compare);
