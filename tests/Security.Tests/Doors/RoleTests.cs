using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Optuna.Tests.Contract;
using Optuna.Tests.Nodes;

namespace Optuna.Tests.Doors;

/// <summary>Tokens at the web doors of a real coordinator with TLS.</summary>
public sealed class RoleTests : NodeTest
{
    private const string Reader = "reader-0123456789", Second = "second-reader-0123", Writer = "writer-0123456789", Admin = "admin-01234567890";

    private static readonly string[] s_reading =
    [
        "GetStudyIdFromName", "GetStudyNameFromId", "GetStudyDirections", "GetStudyUserAttributes", "GetStudySystemAttributes", "GetAllStudies",
        "GetTrialIdFromStudyIdTrialNumber", "GetTrial", "GetTrials",
    ];

    private static readonly string[] s_writing =
    [
        "CreateNewStudy", "SetStudyUserAttribute", "SetStudySystemAttribute", "CreateNewTrial", "SetTrialParameter", "SetTrialStateValues",
        "SetTrialIntermediateValue", "SetTrialUserAttribute", "SetTrialSystemAttribute",
    ];

    [Fact]
    public async Task A_token_opens_what_its_role_may_do_and_nothing_else()
    {
        var certificates = await CertificatesAsync("certs");
        var node = await CoordinatorAsync(certificates.Of("coordinator"), new Dictionary<string, string>
        {
            ["OPTUNA_READ_TOKEN_FILE"] = Write("readers.txt", $"{Reader}\n{Second}\n"), ["OPTUNA_WRITE_TOKEN"] = Writer, ["OPTUNA_ADMIN_TOKEN"] = Admin,
        });
        using var reader = Channel(Reader);
        using var writer = Channel(Writer);
        using var admin = Channel(Admin);

        // The words of the issue: no token, and a read token that writes.
        foreach (var header in new[] { null, "Bearer", "Bearer ", $"Basic {Admin}", $"Bearer {Admin}x", "Bearer nobody-0123456789" })
        {
            using var stranger = new StorageChannel($"https://{node.Grpc}", new GrpcChannelOptions { HttpHandler = certificates.Handler() }, header is null ? null : new Metadata { { "authorization", header } });
            Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(() => stranger.StudiesAsync()));
            Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(() => stranger.RawAsync("NoSuchCall", [])));
        }

        var study = await writer.CreateStudyAsync("s");
        var trial = await writer.CreateTrialAsync(study);
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => reader.CreateStudyAsync("t")));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => writer.DeleteStudyAsync(study)));
        Assert.Equal(trial, Assert.Single(await reader.TrialsAsync(study)).TrialId);
        using (var second = Channel(Second))
            Assert.Equal("s", Assert.Single(await second.StudiesAsync()).StudyName);

        // Each of the 19 calls by its role. Empty bytes are a request for nothing, so whoever may call is told so by the study.
        foreach (var call in s_reading)
            Assert.NotEqual(StatusCode.PermissionDenied, await StatusAsync(() => reader.RawAsync(call, [])));
        foreach (var call in s_writing)
        {
            Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => reader.RawAsync(call, [])));
            Assert.NotEqual(StatusCode.PermissionDenied, await StatusAsync(() => writer.RawAsync(call, [])));
        }

        Assert.Equal(19, s_reading.Length + s_writing.Length + 1);
        await admin.DeleteStudyAsync(study);

        using var http = new HttpClient(certificates.Handler());
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, "/health/live", null));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, "/health/ready", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(http, "/metrics", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(http, "/metrics", "Bearer nobody-0123456789"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, "/metrics", $"Bearer {Reader}"));

        async Task<HttpStatusCode> GetAsync(HttpClient client, string path, string? header)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{node.Http}{path}");
            if (header is not null)
                request.Headers.Add("authorization", header);
            using var reply = await client.SendAsync(request);
            return reply.StatusCode;
        }

        StorageChannel Channel(string token) => new(
            $"https://{node.Grpc}", new GrpcChannelOptions { HttpHandler = certificates.Handler() }, new Metadata { { "authorization", $"Bearer {token}" } });
    }

    [Theory]
    [InlineData("OPTUNA_READ_TOKEN", "short", "OPTUNA_READ_TOKEN")]
    [InlineData("OPTUNA_WRITE_TOKEN_FILE", "nowhere.txt", "nowhere.txt")]
    public async Task A_token_that_will_not_do_is_refused_at_the_start(string variable, string value, string named)
    {
        var process = Run("optuna-coordinator", ["--storage", "sqlite:///none.db", "--port", "0", "--grpc", "none", "--http", "none"], new Dictionary<string, string> { [variable] = value });
        Assert.Equal(2, await process.ExitAsync(Patience));
        Assert.Contains(named, Assert.Single(process.Lines));
        Assert.DoesNotContain("short", process.Lines[0].Replace("too short", ""));
    }

    [Fact]
    public async Task Whoever_opens_a_door_to_the_network_is_warned()
    {
        var node = await CoordinatorAsync([], http: "0.0.0.0:0");
        await node.Process.LineAsync(l => l.Contains("HTTP listens at 0.0.0.0:0 and asks nobody for a token", StringComparison.Ordinal), Patience);
    }

    private static async Task<StatusCode> StatusAsync(Func<Task> call) => await Record.ExceptionAsync(call) switch
    {
        null => StatusCode.OK,
        RpcException e => e.StatusCode,
        var e => throw e,
    };
}
