using System.Text.Json;

namespace Optuna.Visualization;

/// <summary>A figure in Plotly's JSON schema: what <c>Plotly.newPlot(element, data, layout)</c> draws.</summary>
public sealed record Figure(IReadOnlyList<Trace> Data, Layout Layout)
{
    /// <summary>The figure as strict JSON: nothing that is unset, and null for what is no finite number, as plotly.js wants it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FigureJsonContext.Default.Figure);

    /// <inheritdoc cref="ToJson()"/>
    public void WriteJson(Stream utf8) => JsonSerializer.Serialize(utf8, this, FigureJsonContext.Default.Figure);
}
