using System.Net;
using System.Net.Sockets;
using Optuna.Coordinator.Hosting;
using Optuna.Testing.Processes;

namespace Optuna.Tests.Cli;

/// <summary><c>--storage http://HOST:PORT</c>: a coordinator's HTTP port says where the coordinators are.</summary>
public sealed class HttpStorageTests : IAsyncLifetime
{
    private const string Token = "a-token-of-the-reader";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-http-");
    private CoordinatorNode? _node;

    private string Url => $"http://{_node!.HttpAddress}";

    private string TokenFile => Path.Combine(_folder.FullName, "token");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(TokenFile, Token);
        _node = await CoordinatorNode.StartAsync(new CoordinatorOptions
        {
            Storage = $"sqlite:///{Path.Combine(_folder.FullName, "studies.db")}", Port = 0, Http = new IPEndPoint(IPAddress.Loopback, 0),
            Hocon = $"optuna.tokens.read-file = \"{TokenFile}\"",
        });
        await using var client = await _node.ConnectAsync();
        await client.CreateStudyAsync("behind http");
    }

    [Fact]
    public async Task Coordinators_are_found_by_the_HTTP_port_of_one_of_them_with_its_token()
    {
        await using var run = ProgramProcess.Start(
            "optuna-ctl", "optuna-ctl.dll", ["study-names", "--storage", Url], _folder.FullName, new Dictionary<string, string> { ["OPTUNA_TOKEN_FILE"] = TokenFile });

        Assert.Equal(0, await run.ExitAsync(RunningCtl.Patience));
        Assert.Equal(["behind http"], run.Lines);

        await using var stranger = ProgramProcess.Start(
            "optuna-ctl", "optuna-ctl.dll", ["study-names", "--storage", Url], _folder.FullName, new Dictionary<string, string> { ["OPTUNA_TOKEN"] = "nobody-knows-this-one" });
        Assert.Equal(2, await stranger.ExitAsync(RunningCtl.Patience));
        Assert.Equal([$"! optuna-ctl: --storage: {Url} does not take the token of OPTUNA_TOKEN or OPTUNA_TOKEN_FILE."], stranger.Lines);
    }

    [Fact]
    public async Task What_is_no_such_port_is_refused_as_that_option()
    {
        Assert.Equal($"--storage: {Url} asks for a token: set OPTUNA_TOKEN or OPTUNA_TOKEN_FILE.", await RefusalAsync(Url));
        Assert.StartsWith("--storage: http://127.0.0.1:1 cannot be asked: ", await RefusalAsync("http://127.0.0.1:1"), StringComparison.Ordinal);
        Assert.StartsWith("--storage: 'http://127.0.0.1:8080/studies' is no address", await RefusalAsync("http://127.0.0.1:8080/studies"), StringComparison.Ordinal);
        Assert.StartsWith("--storage: 'http://me@127.0.0.1' is no address", await RefusalAsync("http://me@127.0.0.1"), StringComparison.Ordinal);
        Assert.StartsWith("--storage: ", await RefusalAsync(Url.Replace("http:", "https:")), StringComparison.Ordinal);
        Assert.EndsWith("it answers 404.", await RefusalAsync(AnswerOnce("404 Not Found", "")));
        Assert.EndsWith("something else than its nodes.", await RefusalAsync(AnswerOnce("200 OK", """{"nodes": 1}""")));
        Assert.EndsWith("names no coordinator that is up.", await RefusalAsync(AnswerOnce("200 OK", """{"nodes": [{"address": "akka.tcp://optuna@127.0.0.1:1", "status": "joining"}]}""")));

        static Task<string> RefusalAsync(string url) => CtlHere.RefusalAsync("study-names", "--storage", url);
    }

    public async ValueTask DisposeAsync()
    {
        await _node!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // A server of something else.
    private static string AnswerOnce(string status, string body)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            using (listener)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 10);
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
            }
        });
        return $"http://{listener.LocalEndpoint}";
    }
}
