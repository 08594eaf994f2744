using System.Security.Cryptography;
using System.Text;
using Optuna.Cluster.Pbm.Grammar;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>One token, from the environment: who shows it may do everything, who shows none may look.</summary>
internal sealed class AdminToken(string? token) : ICommandGate
{
    private const string Variable = "OPTUNA_ADMIN_TOKEN", FileVariable = "OPTUNA_ADMIN_TOKEN_FILE";

    private readonly byte[]? _hash = token is null ? null : Hash(token);

    public bool IsOpen => _hash is null;

    /// <exception cref="ArgumentException">The file cannot be read or is empty.</exception>
    public static AdminToken FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } token)
            return new AdminToken(token);
        return new AdminToken(Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file ? Read(file) : null);
    }

    public Access Of(string? token) =>
        _hash is null ? Access.Change
        : token is null ? Access.Look
        : CryptographicOperations.FixedTimeEquals(Hash(token), _hash) ? Access.Change : Access.Nothing;

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : throw new ArgumentException($"{FileVariable}: the file '{file}' is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"{FileVariable}: {e.Message}", e);
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
