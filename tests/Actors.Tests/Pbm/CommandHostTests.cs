extern alias pbm;

using System.Net;
using System.Net.Sockets;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Pbm.Host;
using Optuna.Cluster.Security;
using Optuna.Pbm.Wire;
using pbm::Optuna.Pbm;

namespace Optuna.Tests.Pbm;

/// <summary>The door itself: who may come in, and what happens to those who knock with their fists.</summary>
public sealed class CommandHostTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommandHost? _host;

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001")]
    [InlineData("\u0000\u0000\u0000\u0009\u0001not JSON")]
    [InlineData("\u0000\u0000\u0000\u0001\u0003")]
    public async Task Garbage_is_told_so_and_costs_the_host_nothing(string bytes)
    {
        var host = Start();

        Assert.Equal(1, (await TalkAsync(host, System.Text.Encoding.Latin1.GetBytes(bytes))).Code);

        Assert.Equal(["hello"], (await Asked.RunAsync(host.Address, "test say hello")).Done());
    }

    [Fact]
    public async Task Random_bytes_in_any_number_leave_the_host_as_it_was()
    {
        var host = Start(new CommandLimits { Frame = TimeSpan.FromMilliseconds(300) });
        var random = new Random(7);
        for (var i = 0; i < 40; i++)
        {
            var bytes = new byte[random.Next(5, 300)];
            random.NextBytes(bytes);
            // A frame of plausible length now and then, so that what lies behind the header is tried too.
            if (i % 2 == 0)
                new byte[] { 0, 0, 0, 20, (byte)random.Next(1, 4) }.CopyTo(bytes.AsSpan());
            await TalkAsync(host, bytes, hangUp: true);
        }

        Assert.Equal(["hello"], (await Asked.RunAsync(host.Address, "test say hello")).Done());
    }

    [Fact]
    public async Task Mutated_frames_of_a_real_conversation_leave_the_host_as_it_was()
    {
        var host = Start(new CommandLimits { Frame = TimeSpan.FromMilliseconds(300), Idle = TimeSpan.FromMilliseconds(300) });
        using var talk = new MemoryStream();
        var frames = new FrameStream(talk, PbmProtocol.MaxReply, s_patience);
        await frames.WriteMessageAsync(FrameKind.Hello, new Hello(PbmProtocol.Version));
        await frames.WriteMessageAsync(FrameKind.Run, new Run(["test", "say", "hello"]));
        var random = new Random(11);
        for (var i = 0; i < 30; i++)
        {
            var bytes = talk.ToArray();
            for (var k = 0; k < 3; k++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            await TalkAsync(host, bytes, hangUp: true);
        }

        Assert.Equal(["hello"], (await Asked.RunAsync(host.Address, "test say hello")).Done());
    }

    [Fact]
    public async Task Who_says_nothing_or_half_a_frame_is_sent_away()
    {
        var host = Start(new CommandLimits { Frame = TimeSpan.FromMilliseconds(200) });

        Assert.Contains("Nothing was said", (await TalkAsync(host, [])).Note, StringComparison.Ordinal);
        Assert.Contains("took longer", (await TalkAsync(host, [0, 0])).Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_read_is_sent_away_and_the_command_ends()
    {
        var host = Start(new CommandLimits { Frame = TimeSpan.FromMilliseconds(500) });
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await ConnectAsync(client, host);
        var frames = new FrameStream(client.GetStream(), PbmProtocol.MaxReply, s_patience);
        await frames.WriteMessageAsync(FrameKind.Hello, new Hello(PbmProtocol.Version));

        await frames.WriteMessageAsync(FrameKind.Run, new Run(["test", "flood"]));

        await _ended.Task.WaitAsync(s_patience);
        Assert.Equal(["hello"], (await Asked.RunAsync(host.Address, "test say hello")).Done());
    }

    [Fact]
    public async Task Another_version_is_refused_with_both_numbers()
    {
        var host = Start();
        using var client = new TcpClient();
        await ConnectAsync(client, host);
        var frames = new FrameStream(client.GetStream(), PbmProtocol.MaxReply, s_patience);

        await frames.WriteMessageAsync(FrameKind.Hello, new Hello(2));

        Assert.Contains("version 1 of pbm's protocol, the client version 2", (await frames.ReadAsync(default))!.Value.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_so_many_are_let_in_at_once()
    {
        var host = Start(new CommandLimits { Connections = 1 });
        await using (await OpenAsync(host))
            Assert.Contains("1 others", (await Assert.ThrowsAsync<PbmRefusedException>(() => OpenAsync(host))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_when_it_is_interrupted_and_the_line_serves_on()
    {
        await using var connection = await OpenAsync(Start());
        using var interrupt = new CancellationTokenSource();

        var asked = await Asked.RunAsync(connection, "test stream", interrupt.Token, _ => interrupt.Cancel());

        Assert.Equal(0, asked.Code);
        await _ended.Task.WaitAsync(s_patience);
        Assert.Equal(["hello"], (await Asked.RunAsync(connection, "test say hello")).Done());
    }

    [Fact]
    public async Task A_stream_ends_when_its_reader_is_gone()
    {
        var host = Start();
        var connection = await OpenAsync(host);
        _ = Asked.RunAsync(connection, "test stream", seen: _ => connection.DisposeAsync());

        await _ended.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_given_up_and_one_that_is_interrupted_says_so()
    {
        var host = Start(new CommandLimits { Command = TimeSpan.FromMilliseconds(100) });
        Assert.Contains("no answer in time", (await Asked.RunAsync(host.Address, "test wait")).Refusal(), StringComparison.Ordinal);
        await host.DisposeAsync();
        await using var connection = await OpenAsync(Start());
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.Equal("", (await Asked.RunAsync(connection, "test wait", interrupt.Token)).Refusal(130));
    }

    [Fact]
    public async Task A_refusal_has_its_sentence_and_a_bug_ends_nothing()
    {
        await using var connection = await OpenAsync(Start());

        Assert.Equal("No.", (await Asked.RunAsync(connection, "test refuse")).Refusal());
        Assert.Contains("IndexOutOfRangeException", (await Asked.RunAsync(connection, "test bug")).Refusal(), StringComparison.Ordinal);
        Assert.Contains($"more than pbm takes in one ({PbmProtocol.MaxReply})", (await Asked.RunAsync(connection, "test huge")).Refusal(), StringComparison.Ordinal);
        Assert.Equal(["hello"], (await Asked.RunAsync(connection, "test say hello")).Done());
    }

    [Fact]
    public async Task A_line_that_was_idle_for_too_long_is_opened_again_by_the_next_command()
    {
        await using var connection = await OpenAsync(Start(new CommandLimits { Idle = TimeSpan.FromMilliseconds(100) }));
        await Task.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal(["hello"], (await Asked.RunAsync(connection, "test say hello")).Done());
    }

    [Fact]
    public async Task An_admin_may_change_a_reader_may_look_and_nobody_else_may_come_in()
    {
        var host = Start(tokens: Tokens.Of(read: "a reader's token", admin: "an admin's own token"));

        Assert.Equal(["changed"], (await Asked.RunAsync(host.Address, "test change", token: "an admin's own token")).Done());
        Assert.Contains("admin's token", (await Asked.RunAsync(host.Address, "test change", token: "a reader's token")).Refusal(4), StringComparison.Ordinal);
        Assert.Equal(["hello"], (await Asked.RunAsync(host.Address, "test say hello", token: "a reader's token")).Done());
        foreach (var token in new[] { null, "anybody's token" })
            Assert.Equal(4, (int)(await Assert.ThrowsAsync<PbmRefusedException>(() => Asked.RunAsync(host.Address, "test say hello", token: token))).Code);
    }

    [Fact]
    public void Where_others_reach_it_a_token_must_be_asked_for()
    {
        var everywhere = new CommandEndpoint(IPAddress.Any, 0);

        Assert.Contains("--pbm", Assert.Throws<ArgumentException>(() => Start(at: everywhere)).Message, StringComparison.Ordinal);
        Start(tokens: Tokens.Of(read: "a reader's token"), at: everywhere);
    }

    [Fact]
    public async Task Two_on_one_machine_lie_side_by_side_unless_the_port_was_asked_for()
    {
        var first = Start();
        var port = int.Parse(first.Address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains("--pbm", Assert.Throws<ArgumentException>(() => Start(at: new CommandEndpoint(IPAddress.Loopback, port))).Message, StringComparison.Ordinal);
        await using var second = Start(at: new CommandEndpoint(IPAddress.Loopback, port, Spare: 3));
        Assert.NotEqual(first.Address, second.Address);
        await first.DisposeAsync();
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("9111", "127.0.0.1:9111")]
    [InlineData("[::1]:9111", "[::1]:9111")]
    public void An_endpoint_is_a_port_an_address_or_none(string text, string? meant) => Assert.Equal(meant, CommandEndpoint.Parse(text).OrNull?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("here")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("no.such.host.invalid:1")]
    public void Anything_else_is_none(string text) => Assert.Throws<ArgumentException>(() => CommandEndpoint.Parse(text));

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private CommandHost Start(CommandLimits? limits = null, RoleTokens? tokens = null, CommandEndpoint? at = null) =>
        _host = CommandHost.Start(at ?? CommandEndpoint.Any, "test node", new CommandGrammar([Palette()]), tokens ?? Tokens.None, limits);

    private Palette Palette() => new("test", "For these tests.",
    [
        new("say", "Says a word.", Access.Look, call => call.Output.RowAsync(call.Value("word"), null)) { Parameters = [new("word", "It.") { Required = true }] },
        new("change", "Changes something.", Access.Change, call => call.Output.RowAsync("changed", null)),
        new("wait", "Takes for ever.", Access.Look, call => Task.Delay(Timeout.Infinite, call.Cancel)),
        new("refuse", "Refuses.", Access.Look, _ => throw new CommandRefusedException("No.")),
        new("bug", "Fails.", Access.Look, _ => throw new IndexOutOfRangeException("Oh.")),
        new("huge", "Says too much.", Access.Look, call => call.Output.RowAsync(new string('x', PbmProtocol.MaxReply), null)),
        new("stream", "Says one thing, then waits.", Access.Look, StreamAsync) { Streams = true },
        new("flood", "Says more than a line holds.", Access.Look, FloodAsync) { Streams = true },
    ]);

    private async Task StreamAsync(CommandCall call)
    {
        try
        {
            await call.Output.RowAsync("one", null);
            await Task.Delay(Timeout.Infinite, call.Cancel);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private async Task FloodAsync(CommandCall call)
    {
        try
        {
            while (true)
                await call.Output.RowAsync(new string('x', 100_000), null);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private static Task<PbmConnection> OpenAsync(CommandHost host) => PbmConnection.OpenAsync(PbmArguments.Parse([host.Address]));

    private static Task ConnectAsync(TcpClient client, CommandHost host) => client.ConnectAsync(IPEndPoint.Parse(host.Address));

    /// <summary>Says something and hears what comes back until the host closes the line.</summary>
    private static async Task<(int Code, string Note)> TalkAsync(CommandHost host, byte[] bytes, bool hangUp = false)
    {
        using var client = new TcpClient();
        await ConnectAsync(client, host);
        var stream = client.GetStream();
        await stream.WriteAsync(bytes);
        if (hangUp)
            client.Client.Shutdown(SocketShutdown.Send);
        var frames = new FrameStream(stream, PbmProtocol.MaxReply, s_patience);
        var (code, note) = (-1, "");
        while (await frames.ReadAsync(default).WaitAsync(s_patience) is { } frame)
        {
            if (frame.Kind == FrameKind.Note)
                note = frame.Text;
            if (frame.Kind == FrameKind.End)
                code = frame.Body.Span[0];
        }

        return (code, note);
    }
}
