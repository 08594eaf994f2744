using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Optuna.Cluster.Client;
using Optuna.Pbm.Wire;
using Optuna.Tests.Contract;
using Optuna.Tests.Nodes;

namespace Optuna.Tests.Fuzz;

/// <summary>Every port of a real coordinator, knocked at with mutated and random bytes: no crash, no growth, no study lost.</summary>
public sealed class PortTests : NodeTest
{
    private const int Trials = 5;
    private const long GrowthLimit = 400L << 20;

    // The heap cannot grow further, so that what is merely not collected yet is no growth: a leak ends the process, or is native.
    private static readonly Dictionary<string, string> s_smallHeap = new() { ["DOTNET_GCHeapHardLimit"] = "0x10000000" };

    private static readonly string[] s_calls =
    [
        "GetStudyIdFromName", "GetStudyNameFromId", "GetStudyDirections", "GetStudyUserAttributes", "GetStudySystemAttributes", "GetAllStudies",
        "GetTrialIdFromStudyIdTrialNumber", "GetTrial", "GetTrials", "CreateNewTrial", "SetStudyUserAttribute", "SetTrialParameter", "SetTrialStateValues",
    ];

    private static readonly (string Manifest, byte[] Bytes)[] s_golden =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden.txt")).Select(l => l.Split(' ')).Select(p => (p[0], p[2] == "-" ? [] : Convert.FromHexString(p[2]))),
    ];

    // A greeting and a command.
    private static readonly byte[] s_pbm =
        [.. PbmFrame(FrameKind.Hello, PbmProtocol.Write(new Hello(PbmProtocol.Version, "no-token-0123456789"))), .. PbmFrame(FrameKind.Run, PbmProtocol.Write(new Run(["cluster", "show"])))];

    // {0} is the study. What makes, renames and deletes studies is left out: it could be right by chance.
    private static readonly (string Method, string Path, string Body)[] s_routes =
    [
        ("POST", "/{0}/trials/ask", """{"worker":"w","budget":100000}"""),
        ("POST", "/{0}/trials/enqueue", """{"params":{"x":0.5},"user_attrs":{"a":[1,null,"b"]}}"""),
        ("POST", "/{0}/trials/0/suggest", """{"lease":1,"name":"x","distribution":{"name":"FloatDistribution","attributes":{"low":0.0,"high":1.0,"log":false,"step":null}}}"""),
        ("POST", "/{0}/trials/0/tell", """{"lease":1,"state":"complete","values":[0.5]}"""),
        ("PUT", "/{0}/user-attrs/a", """{"value":{"b":[1,2.5,"c"]}}"""),
        ("PUT", "/{0}/note", """{"note":"# good"}"""),
        ("GET", "/{0}/trials?state=complete&sort=-value&limit=10&filter=x%3E0.5", ""),
        ("GET", "/{0}/figures/slice?params=x&target=0", ""),
        ("GET", "/{0}/importances?evaluator=ped_anova", ""),
    ];

    [Fact]
    public async Task Knocked_at_with_anything_a_coordinator_goes_on_and_keeps_its_studies()
    {
        var node = await CoordinatorAsync([], s_smallHeap);
        var study = await StudyAsync(node);

        // A port is a row here: its name, and what one visit to it is.
        (string Port, Func<Mutations, Task> Visit)[] ports =
        [
            ("gRPC, calls", m => CallAsync(node, m)),
            ("gRPC, bytes", m => KnockAsync(node.Grpc, m.Of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"u8.ToArray()))),
            ("HTTP", m => KnockAsync(node.Http, m.Of("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nAuthorization: Bearer x\r\n\r\nhello"u8.ToArray()))),
            ("HTTP, calls", m => RouteAsync(node, m)),
            ("pbm", m => KnockAsync(node.Pbm, m.Of(s_pbm))),
            ("remoting, bytes", m => KnockAsync(node.Address, m.Of(AkkaFrames.Hello(4711, 1)))),
            ("remoting, messages", m => AssociateAsync(node, m)),
        ];
        Assert.True(await GreetAsync(node), "An unchanged greeting is answered: what follows does reach the actors.");
        var before = 0L;
        foreach (var (port, visit) in ports)
        {
            // Code that is compiled and pools that are filled stay: growth counts from then on.
            var mutations = new Mutations(port.Length);
            for (var i = 0; i < 20; i++)
                await visit(mutations);
        }

        before = Resident(node);
        foreach (var (port, visit) in ports)
        {
            var (mutations, start, visits) = (new Mutations(port.Length * 7), Stopwatch.GetTimestamp(), 0);
            while (Stopwatch.GetElapsedTime(start) < Mutations.Time(3))
            {
                await visit(mutations);
                visits++;
                Assert.False(node.Process.HasExited, $"{port}, seed {Mutations.Seed}, visit {visits}");
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{port}: {visits} visits, {Resident(node) >> 20} MiB (before: {before >> 20})");
            Assert.True(visits > 5, $"{port}: {visits} visits");
        }

        Assert.InRange(Resident(node) - before, long.MinValue, GrowthLimit);
        using var http = new HttpClient();
        Assert.Contains("\"ok\":true", await http.GetStringAsync($"http://{node.Http}/health/ready"));
        await AssertKeptAsync(node, study);
        // And it still has everything after it was ended and started in order.
        node.Process.Terminate();
        Assert.Equal(0, await node.Process.ExitAsync(Patience));
        await AssertKeptAsync(await CoordinatorAsync([]), study);
    }

    private static async Task<string> StudyAsync(Node node)
    {
        await using var client = await OptunaClient.ConnectAsync(node.Url, new OptunaClientOptions { ConnectTimeout = Patience });
        var study = await client.CreateStudyAsync("precious");
        await study.OptimizeAsync(trial => trial.SuggestFloat("x", 0, 1), nTrials: Trials);
        return study.Name;
    }

    private static async Task AssertKeptAsync(Node node, string name)
    {
        await using var client = await OptunaClient.ConnectAsync(node.Url, new OptunaClientOptions { ConnectTimeout = Patience });
        var study = await client.LoadStudyAsync(name);
        // Calls that were right by chance may have added to it: nothing that was there is gone or changed.
        var trials = await study.GetTrialsAsync();
        Assert.All(trials.Take(Trials), t => Assert.Equal((Optuna.Trials.TrialState.Complete, 1), (t.State, t.Values.Length)));
        Assert.True(trials.Length >= Trials);
    }

    private static async Task CallAsync(Node node, Mutations mutations)
    {
        using var channel = new StorageChannel($"http://{node.Grpc}");
        for (var i = 0; i < 20; i++)
        {
            // Field 1, a number or a text: what most requests begin with.
            byte[] good = mutations.Next(2) == 0 ? [0x08, 0x01, 0x10, 0x02, 0x1a, 0x02, 0x7b, 0x7d] : [0x0a, 0x08, .. "precious"u8];
            var refusal = await Record.ExceptionAsync(() => channel.RawAsync(mutations.Pick(s_calls), mutations.Of(good)));
            Assert.True(refusal is null or Grpc.Core.RpcException { StatusCode: not Grpc.Core.StatusCode.Internal }, $"{refusal}");
        }
    }

    private static async Task RouteAsync(Node node, Mutations mutations)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{node.Http}") };
        for (var i = 0; i < 10; i++)
        {
            var (method, path, body) = mutations.Pick(s_routes);
            path = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, "precious");
            if (body.Length == 0 || mutations.Next(8) == 0)
                path = string.Concat(mutations.Of(path).Where(c => c is > ' ' and < '\x7f'));
            if (!Uri.TryCreate($"/api/v1/studies{path}", UriKind.Relative, out var uri))
                continue;
            using var request = new HttpRequestMessage(new HttpMethod(method), uri);
            if (body.Length > 0)
            {
                request.Content = new ByteArrayContent(mutations.Of(Encoding.UTF8.GetBytes(body)));
                request.Content.Headers.ContentType = new("application/json");
            }

            // Whatever it is, it is an answer or a refusal that says why.
            using var reply = await http.SendAsync(request);
            Assert.True((int)reply.StatusCode is < 500 or 503, $"{(int)reply.StatusCode}: {request}: {(request.Content is { } sent ? await sent.ReadAsStringAsync() : "")}");
        }
    }

    private static byte[] PbmFrame(FrameKind kind, byte[] body)
    {
        var frame = new byte[5 + body.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)(1 + body.Length));
        frame[4] = (byte)kind;
        body.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>Sends bytes and hangs up, after a look at the answer.</summary>
    private static async Task KnockAsync(string address, byte[] bytes)
    {
        using var socket = await ConnectAsync(address);
        try
        {
            await socket.SendAsync(bytes);
            socket.Shutdown(SocketShutdown.Send);
            using var patience = new CancellationTokenSource(200);
            await socket.ReceiveAsync(new byte[1024], patience.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // It hung up first, or says nothing: both are its right.
        }
    }

    /// <summary>Introduces itself properly, then sends messages that are not.</summary>
    private static async Task AssociateAsync(Node node, Mutations mutations)
    {
        using var socket = await ConnectAsync(node.Address);
        try
        {
            await socket.SendAsync(AkkaFrames.Hello(20_000 + mutations.Next(40_000), mutations.Next(int.MaxValue)));
            string[] recipients = ["user/gateway", "system/sharding/study", "system/cluster/core/daemon", "remote", "user/../temp", ""];
            for (var i = 0; i < 20; i++)
            {
                var (manifest, bytes) = mutations.Pick(s_golden);
                var serializer = mutations.Next(4) == 0 ? mutations.Next(40) : 4201;
                var frame = AkkaFrames.Envelope($"akka.tcp://optuna@{node.Address}/{mutations.Pick(recipients)}", "akka.tcp://optuna-client@127.0.0.1:4711/user/x", serializer,
                    mutations.Next(8) == 0 ? mutations.Of(manifest) : manifest, mutations.Of(bytes));
                // A frame now and then is broken itself; after that nothing on this line makes sense any more.
                await socket.SendAsync(mutations.Next(30) == 0 ? mutations.Of(frame) : frame);
            }

            using var patience = new CancellationTokenSource(50);
            await socket.ReceiveAsync(new byte[4096], patience.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // It hung up first.
        }
    }

    // A greeting as a client of ours sends it: an answer comes on the same line.
    private static async Task<bool> GreetAsync(Node node)
    {
        using var socket = await ConnectAsync(node.Address);
        await socket.SendAsync(AkkaFrames.Hello(4712, 99));
        var hello = Cluster.Serialization.SerializerTable.Of("hello/1").Write(new Cluster.Protocol.Sessions.Hello(Cluster.Protocol.ProtocolVersion.Current, "greeter"));
        await socket.SendAsync(AkkaFrames.Envelope($"akka.tcp://optuna@{node.Address}/user/gateway", "akka.tcp://optuna-client@127.0.0.1:4712/user/x", Cluster.Serialization.OptunaSerializer.Id, "hello/1", hello));
        var (received, buffer) = (new List<byte>(), new byte[4096]);
        using var patience = new CancellationTokenSource(Patience);
        while (Encoding.Latin1.GetString([.. received]) is var text && !text.Contains("welcome/1", StringComparison.Ordinal))
        {
            await socket.SendAsync(AkkaFrames.Beat);
            var count = await socket.ReceiveAsync(buffer, patience.Token);
            if (count == 0)
                return false;
            received.AddRange(buffer.AsSpan(0, count));
        }

        return true;
    }

    private static async Task<Socket> ConnectAsync(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPEndPoint.Parse(address));
        return socket;
    }

    private static long Resident(Node node)
    {
        var line = File.ReadLines($"/proc/{node.Process.Id}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) << 10;
    }
}
