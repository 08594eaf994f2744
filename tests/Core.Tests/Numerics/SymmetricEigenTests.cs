using System.Text.Json;
using CsCheck;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    private static readonly Lazy<Recorded[]> s_recorded = new(() =>
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Numerics", "numpy-eigh.json")));
        return file.RootElement.GetProperty("cases").Deserialize<Recorded[]>(new JsonSerializerOptions { PropertyNameCaseInsensitive = true })!;
    });

    public static TheoryData<string> Cases => [.. s_recorded.Value.Select(c => c.Name)];

    // A symmetric matrix of any order up to 12 whose elements span many magnitudes, with zeros and repetitions among them.
    private static readonly Gen<(int N, double[] A)> Matrices =
        from n in Gen.Int[1, 12]
        from scale in Gen.Int[-300, 280]
        from elements in Gen.Frequency((4, Gen.Double[-1, 1]), (2, Gen.Int[-1, 1].Select(k => (double)k)), (1, Gen.Double[-1e-9, 1e-9])).Array[n * n]
        select (n, Symmetric(n, elements, Math.Pow(10, scale)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_vectors_are_those_of_NumPy_signs_included(string name)
    {
        var c = s_recorded.Value.Single(c => c.Name == name);
        var (values, vectors) = Decompose(c.N, c.Matrix);
        var scale = c.Values.Max(Math.Abs);
        for (var i = 0; i < c.N; i++)
            Assert.True(Math.Abs(values[i] - c.Values[i]) <= 1e-13 * scale, $"value {i} is {values[i]:R}, NumPy's {c.Values[i]:R}");
        for (var i = 0; i < vectors.Length; i++)
            Assert.True(Math.Abs(vectors[i] - c.Vectors[i]) <= 1e-10, $"component {i} is {vectors[i]:R}, NumPy's {c.Vectors[i]:R}");
    }

    [Fact]
    public void Any_symmetric_matrix_is_rebuilt_from_its_orthonormal_vectors() => Matrices.Sample(m =>
    {
        var (values, vectors) = Decompose(m.N, m.A);
        AssertIsDecomposition(m.N, m.A, values, vectors);
    });

    [Fact]
    public void Repeated_values_still_get_orthonormal_vectors()
    {
        // I + u uᵀ: four times 1, once 1 + |u|².
        double[] u = [0.3, -0.1, 0, 2, 0.7];
        var a = Symmetric(5, [.. Enumerable.Range(0, 25).Select(k => (k / 5 == k % 5 ? 1.0 : 0) + (u[k / 5] * u[k % 5]))], 1);
        var (values, vectors) = Decompose(5, a);
        Assert.All(values[..4], v => Assert.Equal(1, v, 1e-14));
        Assert.Equal(1 + u.Sum(x => x * x), values[4], 1e-13);
        AssertIsDecomposition(5, a, values, vectors);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 7.5)]
    [InlineData(50, 1e-310)]
    public void A_multiple_of_the_identity_has_the_axes_as_vectors(int n, double factor)
    {
        var (values, vectors) = Decompose(n, Symmetric(n, [.. Enumerable.Range(0, n * n).Select(k => k / n == k % n ? 1.0 : 0)], factor));
        Assert.All(values, v => Assert.Equal(factor, v));
        Assert.Equal(Enumerable.Range(0, n * n).Select(k => k / n == k % n ? 1.0 : 0), vectors);
    }

    [Fact]
    public void A_matrix_of_order_fifty_is_rebuilt()
    {
        var random = new RandomState(3);
        var elements = new double[2500];
        random.NextGaussians(elements);
        var a = Symmetric(50, elements, 1);
        var (values, vectors) = Decompose(50, a);
        AssertIsDecomposition(50, a, values, vectors);
    }

    [Fact]
    public void Only_the_lower_triangle_is_read_and_buffers_carry_nothing_over()
    {
        var eigen = new SymmetricEigen(2);
        var (values, vectors) = (new double[2], new double[4]);
        eigen.Decompose([1e9, 7, -3e9, 4], values, vectors);
        eigen.Decompose([2, double.NaN, 1, 2], values, vectors);
        Assert.Equal([1.0, 3.0], values);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_refused(double element)
    {
        var e = Assert.Throws<ArgumentException>(() => Decompose(2, [1, 0, element, 1]));
        Assert.Contains("(1, 0)", e.Message, StringComparison.Ordinal);
    }

    private static (double[] Values, double[] Vectors) Decompose(int n, double[] a)
    {
        var (values, vectors) = (new double[n], new double[n * n]);
        new SymmetricEigen(n).Decompose(a, values, vectors);
        return (values, vectors);
    }

    private static double[] Symmetric(int n, double[] elements, double factor)
    {
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                a[(i * n) + j] = a[(j * n) + i] = elements[(i * n) + j] * factor;
        return a;
    }

    private static void AssertIsDecomposition(int n, double[] a, double[] values, double[] vectors)
    {
        var scale = a.Max(Math.Abs);
        for (var i = 0; i < n; i++)
        {
            Assert.True(i == 0 || values[i - 1] <= values[i], "values must ascend");
            for (var j = 0; j <= i; j++)
            {
                double dot = 0, element = 0;
                for (var k = 0; k < n; k++)
                {
                    dot += vectors[(i * n) + k] * vectors[(j * n) + k];
                    element += scale == 0 ? 0 : values[k] / scale * vectors[(k * n) + i] * vectors[(k * n) + j];
                }

                Assert.Equal(i == j ? 1 : 0, dot, 1e-13);
                Assert.Equal(scale == 0 ? 0 : a[(i * n) + j] / scale, element, 1e-13 * n);
            }
        }
    }

    private sealed record Recorded(string Name, int N, double[] Matrix, double[] Values, double[] Vectors);
}
