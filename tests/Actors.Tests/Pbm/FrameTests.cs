using Optuna.Pbm.Wire;

namespace Optuna.Tests.Pbm;

public sealed class FrameTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of version 1; they are kept for ever: a node and a pbm of different releases must understand each other.</summary>
    [Theory]
    [InlineData(nameof(Hello), "0000002101" + "7B2276657273696F6E223A312C22746F6B656E223A227365637265742074227D")]
    [InlineData(nameof(Run), "0000003402" + "7B22776F726473223A5B226F7074756E61222C227374756479222C2261205C7530304534225D2C226A736F6E223A747275657D")]
    [InlineData(nameof(FrameKind.Cancel), "0000000103")]
    [InlineData(nameof(Welcome), "0000006010" + "7B2276657273696F6E223A312C226E6F6465223A226E222C2270616C6574746573223A5B7B226E616D65223A2270222C22636F6D6D616E6473223A5B7B226E616D65223A2263222C227377697463686573223A5B222D2D78225D7D5D7D5D7D")]
    [InlineData(nameof(FrameKind.Row), "0000000511" + "6120CF89")]
    [InlineData(nameof(FrameKind.Note), "0000000512" + "7768793F")]
    [InlineData(nameof(FrameKind.End), "000000021302")]
    public async Task Every_frame_has_its_golden_bytes_and_is_read_from_them(string sample, string hex)
    {
        using var stream = new MemoryStream();
        var frames = new FrameStream(stream, PbmProtocol.MaxReply, s_patience);

        await WriteAsync(frames, sample);

        Assert.Equal(hex, Convert.ToHexString(stream.ToArray()));
        stream.Position = 0;
        var read = (await frames.ReadAsync(default))!.Value;
        Assert.Equal(sample, $"{read.Kind}");
        Assert.Null(await frames.ReadAsync(default));
        switch (read.Kind)
        {
            case FrameKind.Hello:
                Assert.Equal(new Hello(1, "secret t"), PbmProtocol.Read<Hello>(read));
                break;
            case FrameKind.Run:
                Assert.Equal(["optuna", "study", "a ä"], PbmProtocol.Read<Run>(read).Words);
                Assert.True(PbmProtocol.Read<Run>(read).Json);
                break;
            case FrameKind.Welcome:
                Assert.Equal("--x", Assert.Single(Assert.Single(Assert.Single(PbmProtocol.Read<Welcome>(read).Palettes).Commands).Switches));
                break;
            case FrameKind.Row:
                Assert.Equal("a ω", read.Text);
                break;
        }
    }

    [Fact]
    public void A_field_of_a_later_version_is_skipped_and_one_that_is_missing_is_an_error()
    {
        Assert.Equal(new Hello(1), PbmProtocol.Read<Hello>(Json("""{"version":1,"colour":"red"}""")));
        Assert.Throws<PbmWireException>(() => PbmProtocol.Read<Hello>(Json("""{"token":"x"}""")));
        Assert.Throws<PbmWireException>(() => PbmProtocol.Read<Run>(Json("""{"words":null}""")));
        Assert.Throws<PbmWireException>(() => PbmProtocol.Read<Run>(Json("null")));
        Assert.Throws<PbmWireException>(() => PbmProtocol.Read<Run>(Json("[[[[[[[[[[")));
    }

    [Theory]
    [InlineData("00000000" + "01", "0 bytes")]
    [InlineData("00010001" + "02", "65537 bytes")]
    [InlineData("FFFFFFFF" + "02", "4294967295 bytes")]
    [InlineData("00000001" + "63", "no kind 99")]
    [InlineData("0000", "closed within")]
    [InlineData("00000003" + "0261", "closed within")]
    public async Task What_is_no_frame_is_refused_before_anything_is_kept(string hex, string sentence)
    {
        var frames = new FrameStream(new MemoryStream(Convert.FromHexString(hex)), PbmProtocol.MaxRequest, s_patience);

        Assert.Contains(sentence, (await Assert.ThrowsAsync<PbmWireException>(() => frames.ReadAsync(default))).Message, StringComparison.Ordinal);
    }

    private static Frame Json(string text) => new(FrameKind.Run, System.Text.Encoding.UTF8.GetBytes(text));

    private static Task WriteAsync(FrameStream frames, string sample) => sample switch
    {
        nameof(Hello) => frames.WriteMessageAsync(FrameKind.Hello, new Hello(1, "secret t")),
        nameof(Run) => frames.WriteMessageAsync(FrameKind.Run, new Run(["optuna", "study", "a ä"], Json: true)),
        nameof(Welcome) => frames.WriteMessageAsync(
            FrameKind.Welcome, new Welcome(1, "n", [new WelcomePalette("p", [new WelcomeCommand("c", ["--x"])])])),
        nameof(FrameKind.Row) => frames.WriteTextAsync(FrameKind.Row, "a ω"),
        nameof(FrameKind.Note) => frames.WriteTextAsync(FrameKind.Note, "why?"),
        nameof(FrameKind.End) => frames.WriteAsync(FrameKind.End, new byte[] { 2 }),
        _ => frames.WriteAsync(FrameKind.Cancel, default),
    };
}
