using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using Optuna.Json;
using Xunit;

namespace Optuna.Tests.Json;

public sealed class PythonJsonTests
{
    // Expected texts are what json.dumps of CPython 3.11 gives.
    [Theory]
    [InlineData(0.0, "0.0"), InlineData(-0.0, "-0.0"), InlineData(1.0, "1.0"), InlineData(100.0, "100.0"), InlineData(0.1, "0.1")]
    [InlineData(1e-4, "0.0001"), InlineData(1e-5, "1e-05"), InlineData(1.2e-5, "1.2e-05"), InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(1e15, "1000000000000000.0"), InlineData(9999999999999998.0, "9999999999999998.0"), InlineData(1e16, "1e+16")]
    [InlineData(1234567890123456.7, "1234567890123456.8"), InlineData(12345678901234567.0, "1.2345678901234568e+16")]
    [InlineData(18014398509481984.0, "1.8014398509481984e+16"), InlineData(1e22, "1e+22"), InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324"), InlineData(double.MaxValue, "1.7976931348623157e+308"), InlineData(-2.5e-7, "-2.5e-07")]
    [InlineData(double.NaN, "NaN"), InlineData(double.PositiveInfinity, "Infinity"), InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_double_is_written_as_Python_writes_it(double value, string expected)
    {
        Assert.Equal(expected, PythonJson.FormatDouble(value));
        Assert.Equal(expected, PythonJson.Write(value));
    }

    [Fact]
    public void Powers_of_two_keep_the_digit_they_need() =>
        Assert.Equal("2.9802322387695312e-08", PythonJson.FormatDouble(Math.ScaleB(1, -25)));

    [Fact]
    public void Every_double_reads_back_to_the_same_bits() =>
        Gen.Double.Sample(d => BitConverter.DoubleToInt64Bits(d) == BitConverter.DoubleToInt64Bits((double)PythonJson.Read(PythonJson.FormatDouble(d))!)
            || double.IsNaN(d));

    [Fact]
    public void Text_is_escaped_to_ASCII_with_surrogate_pairs() => Assert.Equal(
        """
        "\u00e9\ud83d\ude00\u2028\u007f\u0000\u001f\"\\/\b\f\n\r\t\ud800x"
        """,
        PythonJson.Write("é😀\u2028\u007f\0\u001f\"\\/\b\f\n\r\t\ud800x"));

    [Fact]
    public void Any_text_reads_back_the_same() =>
        Gen.Char[(char)0, (char)0xffff].Array.Select(c => new string(c)).Sample(s => s == (string)PythonJson.Read(PythonJson.Write(s))!);

    [Fact]
    public void Containers_have_Pythons_separators_and_keep_their_order() => Assert.Equal(
        """{"z": [1, 2.0, null, true, "a"], "a": {}, "m": [], "1": {"k": [[-1]]}}""",
        PythonJson.Write(new Dictionary<object, object?>
        {
            ["z"] = new object?[] { 1, 2.0, null, true, "a" },
            ["a"] = ImmutableDictionary<string, double>.Empty,
            ["m"] = new List<int>(),
            [1] = new Dictionary<string, object> { ["k"] = new[] { new[] { -1L } } },
        }));

    [Fact]
    public void Every_kind_of_number_and_an_enum_can_be_written() => Assert.Equal(
        """[1, 2, 3, 18446744073709551615, 1267650600228229401496703205376, 0.5, 1.0, "c", "Monday", [1, 2]]""",
        PythonJson.Write(new object[] { (byte)1, (short)2, 3u, ulong.MaxValue, BigInteger.Pow(2, 100), 0.5f, 1m, 'c', DayOfWeek.Monday, new JsonText("[1, 2]") }));

    [Fact]
    public void An_object_of_another_type_is_refused_by_name()
    {
        var anonymous = Assert.Throws<ArgumentException>(() => PythonJson.Write(new { A = 1 }));
        var nested = Assert.Throws<ArgumentException>(() => PythonJson.Write(new List<object> { new Uri("http://a") }));
        var key = Assert.Throws<ArgumentException>(() => PythonJson.Write(new Dictionary<Uri, int> { [new Uri("http://a")] = 1 }));

        Assert.Contains("AnonymousType", anonymous.Message);
        Assert.Contains("System.Uri", nested.Message);
        Assert.Contains("System.Uri", key.Message);
    }

    [Theory]
    [InlineData("null", null), InlineData(" true ", true), InlineData("\t\r\nfalse", false)]
    [InlineData("0", 0L), InlineData("-0", 0L), InlineData("9223372036854775807", long.MaxValue), InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("1.0", 1.0), InlineData("1e5", 1e5), InlineData("1E+5", 1e5), InlineData("-0.0", -0.0), InlineData("1e999", double.PositiveInfinity)]
    [InlineData("1e99999999999", double.PositiveInfinity), InlineData("1e-99999999999", 0.0)]
    [InlineData("NaN", double.NaN), InlineData("Infinity", double.PositiveInfinity), InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("\"\\ud83d\\ude00\\u00E9\\/\\b\"", "😀é/\b"), InlineData("\"\"", "")]
    public void Scalars_are_read(string text, object? expected) => Assert.Equal(expected, PythonJson.Read(text));

    [Fact]
    public void A_whole_number_beyond_64_bits_is_exact()
    {
        Assert.Equal(new BigInteger(long.MaxValue) + 1, PythonJson.Read("9223372036854775808"));
        Assert.Equal("-123456789012345678901234567890", PythonJson.Write(PythonJson.Read("-123456789012345678901234567890")));
    }

    [Fact]
    public void The_last_of_equal_names_wins_in_the_place_of_the_first()
    {
        var map = Assert.IsType<Dictionary<string, object?>>(PythonJson.Read("""{"b": 1, "a": [], "b": 2}"""));

        Assert.Equal(["b", "a"], map.Keys);
        Assert.Equal(2L, map["b"]);
        Assert.IsType<List<object?>>(map["a"]);
    }

    [Theory]
    [InlineData("", 0), InlineData("  ", 2), InlineData("nul", 0), InlineData("True", 0), InlineData("-", 0), InlineData("-NaN", 0), InlineData("+1", 0)]
    [InlineData(".5", 0), InlineData("1.", 1), InlineData("1e", 1), InlineData("01", 1), InlineData("1 2", 2), InlineData("Infinityx", 8)]
    [InlineData("[1,]", 3), InlineData("[1", 2), InlineData("[1 2]", 3), InlineData("{\"a\":1,}", 7), InlineData("{'a':1}", 1), InlineData("{1:2}", 1)]
    [InlineData("{\"a\" 1}", 5), InlineData("{\"a\":1 \"b\":2}", 7), InlineData("{", 1), InlineData("]", 0)]
    [InlineData("\"abc", 0), InlineData("[\"\n\"]", 2), InlineData("\"\\x\"", 1), InlineData("\"\\u12\"", 1), InlineData("\"\\u+123\"", 1), InlineData("\"\\", 1)]
    [InlineData("\ufeff1", 0), InlineData("\u00a01", 0)]
    public void Malformed_text_is_refused_with_its_position(string text, int position)
    {
        var refusal = Assert.Throws<FormatException>(() => PythonJson.Read(text));

        Assert.Contains($"position {position} ", refusal.Message);
    }

    [Fact]
    public void A_refusal_counts_lines_and_columns_from_one() =>
        Assert.Contains("(line 3, column 4)", Assert.Throws<FormatException>(() => PythonJson.Read("{\n \"a\":\n   x}")).Message);

    [Fact]
    public void Nesting_ends_at_200_levels_both_ways()
    {
        static string Nested(int depth) => new string('[', depth) + new string(']', depth);

        var deepest = PythonJson.Read(Nested(200));

        Assert.Equal(Nested(200), PythonJson.Write(deepest));
        Assert.Contains("position 200 ", Assert.Throws<FormatException>(() => PythonJson.Read(Nested(201))).Message);
        Assert.Throws<FormatException>(() => PythonJson.Read(new string('[', 1_000_000)));
        Assert.Throws<ArgumentException>(() => PythonJson.Write(new List<object?> { deepest }));
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused()
    {
        var list = new List<object>();
        list.Add(list);

        Assert.Throws<ArgumentException>(() => PythonJson.Write(list));
    }

    [Fact]
    public void A_whole_number_of_too_many_digits_is_refused()
    {
        Assert.IsType<BigInteger>(PythonJson.Read(new string('9', 4300)));
        Assert.Throws<FormatException>(() => PythonJson.Read(new string('9', 4301)));
    }
}
