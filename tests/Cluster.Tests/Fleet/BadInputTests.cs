using System.Net;
using System.Net.Sockets;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

/// <summary>Exit code 2, one sentence that names the input, and nothing written.</summary>
public sealed class BadInputTests(DatabaseFixture database) : FleetTest(database)
{
    [Theory]
    [InlineData("--no-such-option", "--no-such-option")]
    [InlineData("--port 65536", "--port")]
    [InlineData("--port some", "--port")]
    [InlineData("--hostname a\"b", "--hostname")]
    [InlineData("--hostname no-such-host.invalid", "--hostname")]
    [InlineData("--seed nonsense:", "--seed")]
    [InlineData("--hocon absent.conf", "absent.conf")]
    [InlineData("--hocon broken.conf", "broken.conf")]
    [InlineData("--hocon lease-word.conf", "optuna.study.lease")]
    [InlineData("--hocon lease-short.conf", "optuna.study.lease")]
    [InlineData("--hocon no-sampler.conf", "optuna.study.sampler")]
    [InlineData("--storage=postgres://a:b@c/d", "scheme")]
    [InlineData("--storage=sqlite://", "sqlite")]
    [InlineData("--storage=sqlite:///no/such/folder/a.db", "/no/such/folder")]
    [InlineData("--storage=mysql://u:secret@127.0.0.1:1/d", "127.0.0.1:1")]
    public async Task A_coordinator_refuses(string arguments, string named)
    {
        WriteFile("broken.conf", "optuna { study { lease = ");
        WriteFile("lease-word.conf", "optuna.study.lease = soon");
        WriteFile("lease-short.conf", "optuna.study.lease = 10ms");
        WriteFile("no-sampler.conf", "optuna.study.sampler = dice");
        string[] storage = arguments.StartsWith("--storage", StringComparison.Ordinal) ? [] : ["--storage", "sqlite:///new.db"];
        string[] port = arguments.StartsWith("--port", StringComparison.Ordinal) ? [] : ["--port", "0"];

        await AssertRefusedAsync("optuna-coordinator", [.. storage, .. port, .. arguments.Split(' ')], named);
    }

    [Fact]
    public async Task A_coordinator_refuses_a_port_that_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await AssertRefusedAsync("optuna-coordinator", ["--storage", "sqlite:///new.db", "--port", $"{port}"], $"{port}");
    }

    [Theory]
    [InlineData("--no-such-option", "--no-such-option")]
    [InlineData("--slots 0", "--slots")]
    [InlineData("--n-trials -1", "--n-trials")]
    [InlineData("--coordinator http://127.0.0.1", "--coordinator")]
    [InlineData("--coordinator optuna://127.0.0.1:0", "--coordinator")]
    [InlineData("--hocon absent.conf", "absent.conf")]
    [InlineData("--hocon broken.conf", "--hocon")]
    [InlineData("--exec true --search-space absent.json", "absent.json")]
    [InlineData("--exec true --search-space broken.json", "broken.json")]
    [InlineData("--exec true", "--search-space")]
    [InlineData("--exec true --search-space good.json --exec-timeout -1", "--exec-timeout")]
    [InlineData("--objective absent.dll#Type", "absent.dll")]
    [InlineData("--objective no-type", "--objective")]
    public async Task A_worker_refuses(string arguments, string named)
    {
        WriteFile("broken.conf", "akka { remote { ");
        WriteFile("broken.json", """{"x": {"name": "FloatDistribution", "attributes": {"low": 1, "high": 0}}}""");
        WriteFile("good.json", Exec.Space);
        var what = arguments.Contains("--exec", StringComparison.Ordinal) || arguments.Contains("--objective", StringComparison.Ordinal);
        string[] objective = what ? [] : ["--objective", Objective<Bowl>()];

        await AssertRefusedAsync("optuna-worker", ["--study", "s", .. objective, .. arguments.Split(' ')], named);
    }

    [Fact]
    public async Task A_worker_refuses_to_work_on_nothing_and_on_a_study_that_does_not_exist()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        var before = Directory.GetFiles(Folder).Length;

        var nothing = Run("optuna-worker", "--study", "s");
        var unknown = Worker(coordinator, "nobody", "--objective", Objective<Bowl>());

        Assert.Equal(2, await nothing.ExitAsync(Patience));
        Assert.Contains("--objective", Assert.Single(nothing.Lines));
        Assert.Equal(2, await unknown.ExitAsync(Patience));
        Assert.Contains("'nobody'", Assert.Single(unknown.Lines));
        Assert.Equal(before, Directory.GetFiles(Folder).Length);
        Assert.Empty(await (await ClientAsync(coordinator)).GetStudiesAsync());
    }

    private async Task AssertRefusedAsync(string program, string[] arguments, string named)
    {
        var files = Directory.GetFiles(Folder).Order().ToList();
        var process = Run(program, arguments);

        Assert.Equal(2, await process.ExitAsync(Patience));
        var sentence = Assert.Single(process.Lines);
        Assert.StartsWith($"! {program}: ", sentence);
        Assert.Contains(named, sentence);
        Assert.EndsWith(".", sentence);
        Assert.DoesNotContain("secret", sentence);
        Assert.Equal(files, Directory.GetFiles(Folder).Order());
    }
}
