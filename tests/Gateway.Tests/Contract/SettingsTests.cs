using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Optuna.Coordinator.Hosting;
using Optuna.Tests.Fleet;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Contract;

/// <summary>What an operator turns about the storage server, and requests no client sends.</summary>
public sealed class SettingsTests(ServedNode node) : ContractTest(node), IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-gateway");

    [Fact]
    public async Task An_orphan_of_a_closed_connection_goes_back_to_the_queue_and_a_kept_one_does_not()
    {
        await using var own = await ServedNode.StartAsync(_folder.FullName, "optuna { study.lease = 1s, grpc.orphan-after = 1h }");
        using var stays = new StorageChannel($"http://{own.GrpcAddress}");
        var study = await stays.CreateStudyAsync();
        var kept = await stays.CreateTrialAsync(study);
        long orphan;
        using (var goes = new StorageChannel($"http://{own.GrpcAddress}"))
            orphan = await goes.CreateTrialAsync(study);
        await Until.TrueAsync("the orphan waits", async () => (await stays.TrialAsync(orphan)).State == W.TrialState.Waiting, s_patience);
        Assert.Equal(W.TrialState.Running, (await stays.TrialAsync(kept)).State);
        Assert.True(await stays.SetStateAsync(orphan, W.TrialState.Running));
        Assert.True(await stays.SetStateAsync(orphan, W.TrialState.Complete, 1));
    }

    [Fact]
    public async Task An_orphan_of_a_silent_connection_goes_back_to_the_queue()
    {
        await using var own = await ServedNode.StartAsync(_folder.FullName, "optuna { study.lease = 1s, grpc.orphan-after = 1s }");
        using var silent = new StorageChannel($"http://{own.GrpcAddress}");
        using var other = new StorageChannel($"http://{own.GrpcAddress}");
        var study = await other.CreateStudyAsync();
        var orphan = await silent.CreateTrialAsync(study);
        await Until.TrueAsync("the orphan waits", async () => (await other.TrialAsync(orphan)).State == W.TrialState.Waiting, s_patience);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_when_asked_for_and_done_without_when_it_is_only_the_default()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = (IPEndPoint)other.LocalEndpoint;
        var options = new CoordinatorOptions { Storage = $"sqlite:///{Path.Combine(_folder.FullName, "ports.db")}", Port = 0 };

        Assert.Contains($"{taken} (--http)", (await Assert.ThrowsAsync<ArgumentException>(() => CoordinatorNode.StartAsync(options with { Http = taken }))).Message);
        Assert.Contains($"{taken} (--grpc)", (await Assert.ThrowsAsync<ArgumentException>(() => CoordinatorNode.StartAsync(options with { Grpc = taken }))).Message);
        await using var own = await CoordinatorNode.StartAsync(options with { Http = taken, HttpIfFree = true, Grpc = taken, GrpcIfFree = true });
        Assert.Null(own.HttpAddress);
        Assert.Null(own.GrpcAddress);
    }

    [Fact]
    public async Task Without_the_token_no_call_is_answered()
    {
        var file = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(file, "s3cret-of-sixteen-letters\n");
        await using var own = await ServedNode.StartAsync(_folder.FullName, $"optuna.tokens.write-file = \"{file}\"");
        foreach (var header in new[] { null, "Bearer wrong", "Basic s3cret-of-sixteen-letters", "Bearer " })
        {
            using var stranger = new StorageChannel($"http://{own.GrpcAddress}", headers: header is null ? null : new Metadata { { "authorization", header } });
            var sentence = await RefusedAsync(StatusCode.Unauthenticated, () => stranger.CreateStudyAsync());
            Assert.DoesNotContain("s3cret", sentence);
        }

        using var friend = new StorageChannel($"http://{own.GrpcAddress}", headers: new Metadata { { "authorization", "Bearer s3cret-of-sixteen-letters" } });
        await friend.CreateStudyAsync();
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (pem, keyFile) = (Path.Combine(_folder.FullName, "cert.pem"), Path.Combine(_folder.FullName, "key.pem"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await using var own = await ServedNode.StartAsync(_folder.FullName, $"optuna.grpc.tls {{ certificate = \"{pem}\", key = \"{keyFile}\" }}");
        var thumbprint = certificate.Thumbprint;
        using var storage = new StorageChannel($"https://{own.GrpcAddress}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) => ((X509Certificate2)shown!).Thumbprint == thumbprint,
                },
            },
        });
        Assert.True(await storage.CreateStudyAsync() > 0);
    }

    [Theory]
    [InlineData("optuna.grpc.patience = 0s", "patience")]
    [InlineData("optuna.grpc.orphan-after = 1ms", "orphan-after")]
    [InlineData("optuna.grpc.orphan-after = soon", "orphan-after")]
    [InlineData("optuna.grpc.max-message-size = 1KiB", "max-message-size")]
    [InlineData("optuna.grpc.tls.certificate = a.pem", "tls")]
    [InlineData("optuna.grpc.tls { certificate = missing.pem, key = missing.pem }", "missing.pem")]
    [InlineData("optuna.tokens.read-file = missing.txt", "missing.txt")]
    [InlineData("optuna.tls.certificate = missing.pem", "optuna.tls.authority")]
    [InlineData("optuna.tls { certificate = missing.pem, key = missing.key, authority = missing-too.pem }", "missing-too.pem")]
    [InlineData("optuna.telemetry.otlp = nowhere", "optuna.telemetry.otlp")]
    [InlineData("optuna.telemetry.trace-ratio = 2", "trace-ratio")]
    public async Task A_setting_that_will_not_do_is_refused_by_name(string hocon, string named) =>
        Assert.Contains(named, (await Assert.ThrowsAsync<ArgumentException>(() => ServedNode.StartAsync(_folder.FullName, hocon))).Message);

    [Fact]
    public async Task Bytes_that_are_no_request_and_requests_too_large_are_refused()
    {
        var random = new Random(3);
        foreach (var method in new[] { "CreateNewStudy", "GetTrials", "SetTrialParameter", "CreateNewTrial" })
        {
            for (var i = 0; i < 50; i++)
            {
                var bytes = new byte[random.Next(1, 60)];
                random.NextBytes(bytes);
                bytes[^1] |= 0x80;
                var refusal = await Record.ExceptionAsync(() => Storage.RawAsync(method, bytes));
                Assert.True(refusal is null or RpcException { StatusCode: StatusCode.InvalidArgument or StatusCode.NotFound }, $"{refusal}");
            }
        }

        await RefusedAsync(StatusCode.ResourceExhausted, () => Storage.RawAsync("CreateNewStudy", new byte[8 << 20]));
        await RefusedAsync(StatusCode.Unimplemented, () => Storage.RawAsync("NoSuchCall", []));
    }

    [Fact]
    public async Task An_attribute_too_large_for_a_message_is_refused()
    {
        var study = await Storage.CreateStudyAsync();
        var trial = await Storage.CreateTrialAsync(study);
        var text = $"\"{new string('x', 2_000_000)}\"";
        await Storage.SetUserAttrAsync(trial, "a", text);
        await Storage.SetUserAttrAsync(trial, "a", text);
        Assert.Contains("'b'", await RefusedAsync(StatusCode.InvalidArgument, () => Storage.SetUserAttrAsync(trial, "b", text)));
        await Storage.SetSystemAttrAsync(trial, "b", text);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
