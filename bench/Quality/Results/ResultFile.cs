using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optuna.Bench.Quality.Results;

/// <summary>Results of one implementation, in the format that Optuna's are recorded in.</summary>
internal sealed record ResultFile(string Implementation, string Version, IReadOnlyList<QualityCell> Cells)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Optuna 5's own results, built in.</summary>
    public static ResultFile Optuna()
    {
        using var file = DataFiles.Open("optuna.json");
        return Read(file, "optuna.json");
    }

    /// <exception cref="ArgumentException">The file cannot be read, or is not of this format.</exception>
    public static ResultFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The results in '{path}' cannot be read: {e.Message}");
        }
    }

    /// <summary>One cell a line, so that two files compare well.</summary>
    public void Write(TextWriter to)
    {
        to.WriteLine($$"""{"implementation": {{JsonSerializer.Serialize(Implementation, Format)}}, "version": {{JsonSerializer.Serialize(Version, Format)}}, "cells": [""");
        for (var i = 0; i < Cells.Count; i++)
            to.WriteLine(JsonSerializer.Serialize(Cells[i], Format) + (i < Cells.Count - 1 ? "," : ""));
        to.WriteLine("]}");
    }

    private static ResultFile Read(Stream from, string name)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ResultFile>(from, Format);
            return file is { Cells: not null } && file.Cells.All(c => c is { Problem: not null, Sampler: not null, At.Count: > 0 })
                ? file
                : throw new ArgumentException($"'{name}' holds no results: 'cells' with 'problem', 'sampler' and 'at' are wanted.");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"'{name}' does not hold results: {e.Message}");
        }
    }
}
