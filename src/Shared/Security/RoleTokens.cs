using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Akka.Configuration;

namespace Optuna.Cluster.Security;

/// <summary>The tokens a node accepts, and what each allows: HOCON path <c>optuna.tokens</c>, over it the environment.</summary>
/// <remarks>Only their hashes are kept. A role may have several tokens, a line each, so that one can be replaced without a gap.</remarks>
public sealed class RoleTokens
{
    private const int ShortestToken = 16;
    private const string Scheme = "Bearer ";

    private readonly ImmutableArray<(byte[] Hash, TokenRole Role)> _tokens;

    private RoleTokens(ImmutableArray<(byte[] Hash, TokenRole Role)> tokens) => _tokens = tokens;

    /// <summary>False when none is configured: then everybody may do everything.</summary>
    public bool AreRequired => !_tokens.IsEmpty;

    /// <summary>Reads <c>OPTUNA_READ_TOKEN</c>, <c>OPTUNA_WRITE_TOKEN</c>, <c>OPTUNA_ADMIN_TOKEN</c>, each also as <c>…_FILE</c>, else the files HOCON names.</summary>
    /// <exception cref="ArgumentException">A file cannot be read, or a token is too short or is given for two roles; the message names where it came from.</exception>
    public static RoleTokens From(Config config)
    {
        var tokens = ImmutableArray.CreateBuilder<(byte[] Hash, TokenRole Role)>();
        foreach (var role in Enum.GetValues<TokenRole>())
        {
            var (source, text) = Read(config, role);
            foreach (var token in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (token.Length < ShortestToken)
                    throw new ArgumentException($"{source}: a token has at least {ShortestToken} characters (this one has {token.Length}).");
                var hash = Hash(token);
                if (tokens.Any(t => t.Hash.AsSpan().SequenceEqual(hash)))
                    throw new ArgumentException($"{source}: this token is given twice.");
                tokens.Add((hash, role));
            }
        }

        return new RoleTokens(tokens.DrainToImmutable());
    }

    /// <summary>What the bearer of a token may do; null for an unknown or missing one. Takes as long for any token of the same length.</summary>
    public TokenRole? RoleOf(string? token)
    {
        if (!AreRequired)
            return TokenRole.Admin;
        if (token is null)
            return null;
        var hash = Hash(token);
        TokenRole? found = null;
        foreach (var (known, role) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = role;
        }

        return found;
    }

    /// <param name="header">The header <c>authorization</c>: <c>Bearer TOKEN</c>.</param>
    /// <inheritdoc cref="RoleOf"/>
    public TokenRole? RoleOfHeader(string? header) =>
        RoleOf(header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : null);

    /// <summary>A seal on a text that only this token's own nodes can make or know; null when the header brings no known token.</summary>
    /// <param name="header">As in <see cref="RoleOfHeader"/>.</param>
    public string? Seal(string? header, string text)
    {
        if (!AreRequired || RoleOfHeader(header) is null)
            return null;
        return Seal(Hash(header![Scheme.Length..]), text);
    }

    /// <summary>The role of the token a text was sealed with; null when none of these did.</summary>
    public TokenRole? RoleOfSeal(string text, string seal)
    {
        TokenRole? found = null;
        var given = Encoding.UTF8.GetBytes(seal);
        foreach (var (known, role) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Seal(known, text)), given))
                found = role;
        }

        return found;
    }

    private static string Seal(byte[] key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("session " + text)));

    private static (string Source, string? Text) Read(Config config, TokenRole role)
    {
        var variable = $"OPTUNA_{role.ToString().ToUpperInvariant()}_TOKEN";
        if (Secret.FromEnvironment(variable) is { } text)
            return (variable, text);
        var path = $"optuna.tokens.{role.ToString().ToLowerInvariant()}-file";
        return config.GetString(path, "") is { Length: > 0 } file ? (path, Secret.FromFile(file, $"HOCON {path}")) : (path, null);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
