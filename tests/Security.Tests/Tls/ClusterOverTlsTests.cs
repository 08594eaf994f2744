using Optuna.Testing.Storage;
using Optuna.Tests.Nodes;

namespace Optuna.Tests.Tls;

public sealed class ClusterOverTlsTests : NodeTest
{
    /// <summary>Also the promise about secrets: everything is said aloud here, and everything secret comes from files or the environment.</summary>
    [Fact]
    public async Task Coordinators_form_a_cluster_over_TLS_and_no_secret_is_ever_printed()
    {
        await using var server = await MariaDbServer.StartAsync();
        var certificates = await CertificatesAsync("certs");
        var url = await server.CreateDatabaseAsync();
        var password = Uri.UnescapeDataString(url.Split("://")[1].Split('@')[0].Split(':')[1]);
        string[] tokens = ["read-" + Guid.NewGuid(), "write-" + Guid.NewGuid(), "admin-" + Guid.NewGuid()];
        var keyPassword = "key-" + Guid.NewGuid();
        var key = EncryptedKey(certificates.File("coordinator.key"), keyPassword);
        var environment = new Dictionary<string, string>
        {
            ["OPTUNA_STORAGE_FILE"] = Write("storage.txt", url + "\n"),
            ["OPTUNA_TLS_PASSWORD_FILE"] = Write("password.txt", keyPassword + "\n"),
            ["OPTUNA_READ_TOKEN"] = tokens[0],
            ["OPTUNA_WRITE_TOKEN_FILE"] = Write("write.txt", tokens[1]),
            ["OPTUNA_ADMIN_TOKEN"] = tokens[2],
        };
        string[] arguments =
        [
            "--tls-certificate", certificates.File("coordinator.pem"), "--tls-key", key, "--tls-authority", certificates.File("authority.pem"),
            "--hocon", Write("loud.conf", "akka { loglevel = DEBUG, log-config-on-start = on, remote.log-remote-lifecycle-events = on }"),
        ];
        var first = await CoordinatorAsync(arguments, environment);
        var second = await CoordinatorAsync(arguments, environment);

        // A study made through one is seen through the other, which it could not be were they two clusters.
        foreach (var (node, name) in new[] { (first, "a"), (second, "b") })
            Assert.Equal((0, name), await CtlAsync(["create-study", "--study-name", name, "--storage", node.Url, .. certificates.Of("client")]));
        foreach (var node in new[] { first, second })
            Assert.Equal((0, "a\nb"), await CtlAsync(["study-names", "--storage", node.Url, .. certificates.Of("client")]));
        // The database tells that it is TLS.
        var found = Run("optuna-ctl", ["study-names", .. certificates.Of("client")], new Dictionary<string, string> { ["OPTUNA_STORAGE_FILE"] = PathOf("storage.txt") });
        Assert.Equal(0, await found.ExitAsync(Patience));
        Assert.Equal(["a", "b"], found.Lines);

        using var http = new HttpClient(certificates.Handler());
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens[0]);
        Assert.Contains("optuna_studies_awake", await http.GetStringAsync($"https://{first.Http}/metrics"));
        // Failing is when programs say too much.
        await server.KillAsync();
        using var ready = await http.GetAsync($"https://{first.Http}/health/ready");
        Assert.Equal(503, (int)ready.StatusCode);
        await first.Process.LineAsync(l => l.Contains("does not answer", StringComparison.Ordinal), Patience);
        // A start that fails, and help, which shows defaults.
        var late = Run("optuna-coordinator", ["--port", "0", "--grpc", "none", "--http", "none"], environment);
        Assert.NotEqual(0, await late.ExitAsync(Patience));
        var help = Run("optuna-coordinator", ["--help"], new Dictionary<string, string> { ["OPTUNA_STORAGE"] = url });
        Assert.Equal(0, await help.ExitAsync(Patience));
        first.Process.Terminate();
        second.Process.Terminate();
        await first.Process.ExitAsync(Patience);
        await second.Process.ExitAsync(Patience);

        var printed = string.Join('\n', Programs.Select(p => p.Text)) + await ready.Content.ReadAsStringAsync();
        Assert.Contains("[DEBUG]", printed);
        Assert.All([password, keyPassword, .. tokens], secret => Assert.DoesNotContain(secret, printed));
    }

    private string EncryptedKey(string file, string password)
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        var parameters = new System.Security.Cryptography.PbeParameters(
            System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 10_000);
        return Write("encrypted.key", key.ExportEncryptedPkcs8PrivateKeyPem(password, parameters));
    }
}
