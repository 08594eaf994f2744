using System.Text;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class Crc32Tests
{
    // Python: zlib.crc32(text.encode())
    [Theory]
    [InlineData("", 0u)]
    [InlineData("a", 0xe8b7be43)]
    [InlineData("123456789", 0xcbf43926)]
    [InlineData("no-name_0", 0xdf0fc326)]
    [InlineData("study_17", 0x67b0d4fb)]
    [InlineData("Studie Übung_3", 0x15002c52)]
    [InlineData("研究_12345", 0x261aa3ef)]
    public void It_is_that_of_zlib(string text, uint expected) => Assert.Equal(expected, Crc32.Of(Encoding.UTF8.GetBytes(text)));
}
