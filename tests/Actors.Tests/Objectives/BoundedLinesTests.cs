using System.Text;
using Optuna.Worker.Objectives;
using Xunit;

namespace Optuna.Tests.Objectives;

public sealed class BoundedLinesTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a\nbb\r\n\nc", new[] { "a", "bb", "", "c" })]
    [InlineData("\n", new[] { "" })]
    [InlineData("1234567890\n1234567890", new[] { "1234567890", "1234567890" })]
    public async Task Lines_end_with_a_line_feed_or_the_stream(string text, string[] lines)
    {
        for (var chunk = 1; chunk <= 12; chunk++)
            Assert.Equal(lines, await Read(text, chunk, cut: false));
    }

    [Fact]
    public async Task A_line_that_is_one_byte_too_long_is_refused()
    {
        for (var chunk = 1; chunk <= 12; chunk++)
            await Assert.ThrowsAsync<ExecFailedException>(() => Read("ok\n12345678901\n", chunk, cut: false));
    }

    [Fact]
    public async Task Long_lines_are_cut_once_where_that_is_asked_for()
    {
        for (var chunk = 1; chunk <= 12; chunk++)
            Assert.Equal(["1234567890", "next", "1234567890"], await Read($"1234567890{new string('x', 50)}\nnext\n1234567890yy", chunk, cut: true));
    }

    [Fact]
    public async Task A_carriage_return_ends_a_line_where_that_is_asked_for()
    {
        for (var chunk = 1; chunk <= 12; chunk++)
            Assert.Equal(["10%", "20%", "a", "", "b"], await Read("10%\r20%\ra\r\n\r\nb", chunk, cut: true));
    }

    private static async Task<List<string>> Read(string text, int chunk, bool cut)
    {
        var lines = new BoundedLines(new Chunks(Encoding.UTF8.GetBytes(text), chunk), longest: 10, cutLong: cut, endAtReturn: cut);
        var read = new List<string>();
        while (await lines.ReadAsync(CancellationToken.None) is { } line)
            read.Add(line);
        return read;
    }

    /// <summary>Gives at most so many bytes at a time, as a pipe does.</summary>
    private sealed class Chunks(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }
}
