using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optuna.Visualization;

/// <summary>A column of a trace: numbers, or texts; where a value is missing, NaN or null. NaN and infinities are written as null.</summary>
[JsonConverter(typeof(PlotValuesConverter))]
public sealed class PlotValues : IReadOnlyList<object?>
{
    private readonly double[]? _numbers;
    private readonly string?[]? _texts;

    private PlotValues(double[]? numbers, string?[]? texts) => (_numbers, _texts) = (numbers, texts);

    public static PlotValues Empty { get; } = new([], null);

    public int Count => _numbers?.Length ?? _texts!.Length;

    public object? this[int index] => _numbers is null ? _texts![index] : double.IsFinite(_numbers[index]) ? _numbers[index] : null;

    public static implicit operator PlotValues(double[] numbers) => new(numbers, null);

    public static implicit operator PlotValues(string?[] texts) => new(null, texts);

    public static PlotValues Of(IEnumerable<double> numbers) => new([.. numbers], null);

    public static PlotValues Of(IEnumerable<int> numbers) => new([.. numbers.Select(n => (double)n)], null);

    public static PlotValues Of(IEnumerable<string?> texts) => new(null, [.. texts]);

    public IEnumerator<object?> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var number in _numbers ?? [])
        {
            if (double.IsFinite(number))
                writer.WriteNumberValue(number);
            else
                writer.WriteNullValue();
        }

        foreach (var text in _texts ?? [])
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}

internal sealed class PlotValuesConverter : JsonConverter<PlotValues>
{
    public override PlotValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Figures are written, not read.");

    public override void Write(Utf8JsonWriter writer, PlotValues value, JsonSerializerOptions options) => value.Write(writer);
}
