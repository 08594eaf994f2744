using Optuna.Json;

namespace Optuna.Tests.Cli.Output;

/// <summary>Values as JSON, with what CPython's <c>repr</c> and PyYAML's <c>safe_dump</c> (as the only item of a list) make of them.</summary>
internal sealed record PythonCase(object? Value, string Repr, string Yaml)
{
    public static IReadOnlyList<PythonCase> All { get; } =
    [
        .. ((List<object?>)PythonJson.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cli", "Output", "python.json")))!)
            .Cast<Dictionary<string, object?>>()
            .Select(c => new PythonCase(c["value"], (string)c["repr"]!, (string)c["yaml"]!)),
    ];
}
