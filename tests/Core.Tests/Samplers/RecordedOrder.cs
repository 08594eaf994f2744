using System.Text.Json;
using Optuna.Json;

namespace Optuna.Tests.Samplers;

/// <summary>Points in the order Optuna visited them.</summary>
/// <param name="Case">The JSON text that says which case it is, without the points.</param>
internal sealed record RecordedOrder(string Sampler, JsonElement Case, IReadOnlyList<string> Points)
{
    public static IReadOnlyList<RecordedOrder> Of(string sampler)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Samplers", "Recorded", "exhaustive.json"));
        using var json = JsonDocument.Parse(file);
        return [.. json.RootElement.EnumerateArray().Where(e => e.GetProperty("sampler").GetString() == sampler).Select(e => new RecordedOrder(
            sampler, e.Clone(), [.. e.GetProperty("points").EnumerateArray().Select(p => PythonJson.Write(PythonJson.Read(p.GetRawText())))]))];
    }
}
