using Optuna.Tests.Nodes;

namespace Optuna.Tests.Tls;

/// <summary>With TLS on, whoever shows no certificate of the authority gets nothing, be it a client, a worker or a coordinator.</summary>
public sealed class MutualTlsTests : NodeTest
{
    [Fact]
    public async Task Those_of_the_authority_work_together_and_nobody_else_gets_in()
    {
        var (own, foreign) = (await CertificatesAsync("own"), await CertificatesAsync("foreign"));
        var node = await CoordinatorAsync(own.Of("coordinator"));
        Assert.StartsWith("optuna+tls://127.0.0.1:", node.Url);

        // A client and a worker of the authority: a whole study.
        Assert.Equal((0, "hills"), await CtlAsync(["create-study", "--study-name", "hills", "--storage", node.Url, .. own.Of("client")]));
        var worker = Run("optuna-worker", [
            "--coordinator", node.Url, "--study", "hills", "--n-trials", "4", "--exec", "echo '{\"value\": 1}'", "--search-space", Write("space.json", """{"x": {"type": "float", "low": 0, "high": 1}}"""),
            .. own.Of("worker")]);
        Assert.Equal(0, await worker.ExitAsync(Patience));
        Assert.Contains("evaluated 4 trials: 4 complete, 0 pruned, 0 failed", worker.Lines);

        // No certificate at all: refused before a byte leaves, and in the clear nobody answers. A certificate of another
        // authority: this one does not believe the coordinator, nor the coordinator it.
        var refused = new (string Url, string[] Arguments, string Sentence)[]
        {
            (node.Url, [], "no certificate is given"),
            (node.Url.Replace("+tls", ""), [], "No coordinator answered"),
            (node.Url, foreign.Of("client"), "No coordinator answered"),
            (node.Url, foreign.Of("client", believed: Both(own, foreign)), "No coordinator answered"),
            (node.Url, foreign.Of("client", believed: own.File("authority.pem")), "would be refused by every other node"),
        };
        foreach (var (wanted, (code, text)) in refused.Zip(await Task.WhenAll(refused.Select(r => CtlAsync(["studies", "--storage", r.Url, .. r.Arguments])))))
        {
            Assert.Equal(2, code);
            Assert.Contains(wanted.Sentence, text);
        }

        // Nor does a coordinator of another authority join.
        var stranger = Run("optuna-coordinator", [
            "--storage", "sqlite:///foreign.db", "--port", "0", "--grpc", "none", "--http", "none", "--seed", node.Address, .. foreign.Of("coordinator")]);
        await node.Process.LineAsync(l => l.Contains("is refused: ") || l.Contains("Rejected incoming connection"), Patience);
        Assert.DoesNotContain(stranger.Lines, l => l.StartsWith("optuna-coordinator listens", StringComparison.Ordinal));
        Assert.Contains("hills", (await CtlAsync(["study-names", "--storage", node.Url, .. own.Of("client")])).Text);
        Assert.False(node.Process.HasExited);
    }

    [Fact]
    public async Task A_certificate_that_will_not_do_is_refused_at_the_start_by_name()
    {
        var (own, foreign) = (await CertificatesAsync("own"), await CertificatesAsync("foreign"));
        var ours = own.Of("coordinator");
        foreach (var (arguments, named) in new (string[], string)[]
        {
            (["--tls-certificate", ours[1]], "optuna.tls.authority"),
            ([.. ours[..2], .. ours[4..]], "optuna.tls.key"),
            ([.. ours[..2], "--tls-key", foreign.File("coordinator.key"), .. ours[4..]], "coordinator.pem"),
            ([.. ours[..4], "--tls-authority", foreign.File("authority.pem")], "would be refused by every other node"),
            ([.. ours[..4], "--tls-authority", own.File("nowhere.pem")], "nowhere.pem"),
            (ours[2..], "no certificate"),
        })
        {
            var process = Run("optuna-coordinator", ["--storage", "sqlite:///none.db", "--grpc", "none", "--http", "none", "--port", "0", .. arguments]);
            Assert.Equal(2, await process.ExitAsync(Patience));
            Assert.Contains(named, Assert.Single(process.Lines));
            Assert.False(File.Exists(PathOf("none.db")));
        }
    }

    private string Both(Certificates one, Certificates other) => Write("both.pem", File.ReadAllText(one.File("authority.pem")) + File.ReadAllText(other.File("authority.pem")));
}
