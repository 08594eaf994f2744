using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Akka.Configuration;
using Optuna.Cluster.Client;
using Optuna.Cluster.Security;

namespace Optuna.Cli.Storage;

/// <summary><c>http://HOST:PORT</c>, a coordinator's HTTP port: asked where the coordinators are, which are then spoken to by their own ports.</summary>
internal static class HttpAddress
{
    private const string TokenVariable = "OPTUNA_TOKEN";

    /// <summary>Whether a text is meant as one, be it a good one or not.</summary>
    public static bool IsMeant(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <param name="tls">HOCON <c>optuna.tls</c>: with an authority of one's own, its certificates are believed too.</param>
    /// <exception cref="ArgumentException">Nobody answers there, or not as a coordinator does.</exception>
    public static async Task<OptunaUrl> FindAsync(string text, string tls, TimeSpan patience, CancellationToken cancel)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
            throw new ArgumentException($"'{text}' is no address of a coordinator's HTTP port: http://HOST:PORT is expected.");
        var identity = TlsIdentity.From(ConfigurationFactory.ParseString(tls));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (identity is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == 0 || identity.Fault(certificate as X509Certificate2, errors, chain) is null;
        }

        using var http = new HttpClient(handler) { BaseAddress = uri, Timeout = patience };
        var token = Secret.FromEnvironment(TokenVariable);
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await http.GetAsync(new Uri("/api/v1/cluster", UriKind.Relative), cancel).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw new ArgumentException(token is null
                    ? $"{text} asks for a token: set {TokenVariable} or {TokenVariable}_FILE."
                    : $"{text} does not take the token of {TokenVariable} or {TokenVariable}_FILE.");
            }

            if (!answer.IsSuccessStatusCode)
                throw new ArgumentException($"{text} is no HTTP port of a coordinator: it answers {(int)answer.StatusCode}.");
            return Coordinators(await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false))
                ?? throw new ArgumentException($"{text} names no coordinator that is up.");
        }
        catch (HttpRequestException e)
        {
            throw new ArgumentException($"{text} cannot be asked: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new ArgumentException($"{text} is no HTTP port of a coordinator: it answers something else than its nodes.", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ArgumentException($"{text} did not answer within {patience.TotalSeconds:0} s.", e);
        }
    }

    private static OptunaUrl? Coordinators(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var up = document.RootElement.GetProperty("nodes").EnumerateArray()
            .Where(n => n.GetProperty("status").GetString() == "up")
            .Select(n => Akka.Actor.Address.Parse(n.GetProperty("address").GetString()!))
            .Where(a => a is { Host: not null, Port: not null })
            .ToList();
        return up.Count == 0
            ? null
            : new OptunaUrl([.. up.Select(a => new CoordinatorAddress(a.Host!, a.Port!.Value))], up.TrueForAll(a => a.Protocol == Cluster.Protocol.OptunaSystem.AkkaProtocol(tls: true)));
    }
}
