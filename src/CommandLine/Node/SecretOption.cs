using System.CommandLine;
using Optuna.Cluster.Security;

namespace Optuna.CommandLine;

/// <summary>An option whose value may hold a password: better given by the environment or a file, and never shown as a default.</summary>
internal sealed class SecretOption(string name, string variable, string description)
{
    public Option<string?> Option { get; } = new(name) { Description = $"{description} [environment: {variable}, or {variable}_FILE for a file that holds it]" };

    /// <returns>Null when it is given nowhere.</returns>
    /// <exception cref="ArgumentException">The file cannot be read.</exception>
    public string? Read(ParseResult parsed) => parsed.GetValue(Option) ?? Secret.FromEnvironment(variable);
}
