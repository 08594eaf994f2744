using System.Globalization;
using Optuna.Distributions;
using Optuna.Json;

namespace Optuna.Worker.Objectives;

/// <summary>What a program finds in its environment: <c>OPTUNA_STUDY</c>, <c>OPTUNA_TRIAL_NUMBER</c> and <c>OPTUNA_PARAM_…</c> per parameter, under its name in upper case and as it is written.</summary>
/// <remarks>Text is given as it is, everything else as JSON: <c>0.001</c>, <c>3</c>, <c>true</c>, <c>null</c>.</remarks>
internal sealed class ExecEnvironment
{
    private const string Prefix = "OPTUNA_PARAM_";

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two parameters would share a variable, or a choice cannot stand in one.</exception>
    public ExecEnvironment(IEnumerable<KeyValuePair<string, Distribution>> searchSpace)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, distribution) in searchSpace)
        {
            var variable = VariableOf(name);
            if (!owners.TryAdd(variable, name))
                throw new ArgumentException($"Parameters '{owners[variable]}' and '{name}' would both be the environment variable {variable}: rename one.");
            if (distribution is CategoricalDistribution { Choices: var choices } && choices.Any(c => c is string s && s.Contains('\0')))
                throw new ArgumentException($"Parameter '{name}': a choice with a NUL character cannot be given in an environment variable.");
            _variables[name] = variable;
        }
    }

    /// <summary>Upper case; what is not A-Z, 0-9 or _ becomes _.</summary>
    public static string VariableOf(string parameter) =>
        Prefix + string.Concat(parameter.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    public void Write(IDictionary<string, string?> environment, Trial trial, IEnumerable<KeyValuePair<string, object?>> values)
    {
        // A worker that was itself started by a worker must not hand on what it was given.
        foreach (var inherited in environment.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).ToList())
            environment.Remove(inherited);
        environment["OPTUNA_STUDY"] = trial.StudyName;
        environment["OPTUNA_TRIAL_NUMBER"] = trial.Number.ToString(CultureInfo.InvariantCulture);
        // As written first: where one parameter's name is another's in upper case, the upper-case promise counts.
        foreach (var (name, value) in values.Where(v => v.Key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
            environment[Prefix + name] = Text(value);
        foreach (var (name, value) in values)
            environment[_variables[name]] = Text(value);
    }

    private static string Text(object? value) => value as string ?? PythonJson.Write(value);
}
