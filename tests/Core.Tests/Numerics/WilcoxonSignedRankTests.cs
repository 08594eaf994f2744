using System.Text.Json;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class WilcoxonSignedRankTests
{
    public static TheoryData<double[], double> Recorded
    {
        get
        {
            using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Pruners", "Recorded", "signed-rank.json"));
            using var json = JsonDocument.Parse(file);
            var data = new TheoryData<double[], double>();
            foreach (var row in json.RootElement.EnumerateArray())
                data.Add([.. row.GetProperty("d").EnumerateArray().Select(d => d.GetDouble())], row.GetProperty("p").GetDouble());
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void P_values_are_those_of_SciPy(double[] differences, double p) =>
        Near.Relative(p, WilcoxonSignedRank.Greater(differences), 1e-12);

    [Fact]
    public void Every_size_was_recorded_plain_with_ties_and_with_zeros()
    {
        var rows = Recorded.Select(r => r.Data.Item1).ToArray();
        foreach (var n in (int[])[2, 13, 14, 50, 51, 60])
        {
            Assert.Contains(rows, d => d.Length == n && d.Contains(0));
            Assert.Contains(rows, d => d.Length == n && !d.Contains(0) && d.Select(Math.Abs).Distinct().Count() == n);
        }

        Assert.Contains(rows, d => d.Length == 13 && !d.Contains(0) && d.Select(Math.Abs).Distinct().Count() < 13);
        Assert.Contains(rows, d => d.Length == 50 && !d.Contains(0) && d.Select(Math.Abs).Distinct().Count() < 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void With_nothing_but_zeros_either_sign_is_as_likely(int n) =>
        Assert.Equal(n <= 13 ? 1 : 0.5, WilcoxonSignedRank.Greater(new double[n]), 1e-12);

    [Fact]
    public void Nothing_at_all_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => WilcoxonSignedRank.Greater([]));
}
