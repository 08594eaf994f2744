using CsCheck;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class CholeskyTests
{
    private static readonly Gen<(int Size, uint Seed)> Cases = Gen.Select(Gen.Int[1, 45], Gen.UInt);

    [Fact]
    public void The_factor_is_that_of_a_loop_over_elements_to_the_last_bit() => Cases.Sample(c =>
    {
        var (narrow, wide, expected) = (Positive(c.Size, c.Seed), Positive(c.Size, c.Seed), Scalar(Positive(c.Size, c.Seed)));
        Assert.True(Cholesky.Factor<Lanes4>(narrow, 0));
        Assert.Equal(expected, Upper(narrow));
        if (!Lanes8.IsFast)
            return;
        Assert.True(Cholesky.Factor<Lanes8>(wide, 0));
        Assert.Equal(expected, Upper(wide));
    });

    [Fact]
    public void Columns_added_later_give_the_factor_of_the_whole() => Gen.Select(Cases, Gen.Double.Unit).Sample((c, share) =>
    {
        var (whole, grown) = (Positive(c.Size, c.Seed), Positive(c.Size, c.Seed));
        Cholesky.Factor(whole);
        var from = (int)(share * c.Size);
        for (var i = 0; i < (from & -8); i++)
        for (var j = i; j < (from & -8); j++)
            grown[i, j] = whole[i, j];
        Assert.True(Cholesky.Factor(grown, from));
        Assert.Equal(Upper(whole), Upper(grown));
    });

    [Fact]
    public void What_is_solved_multiplies_back() => Cases.Sample(c =>
    {
        var (matrix, u) = (Positive(c.Size, c.Seed), Positive(c.Size, c.Seed));
        Cholesky.Factor(u);
        var l = new SquareMatrix(c.Size);
        Cholesky.Transpose(u, l);
        var right = new double[u.Padded * 8];
        new RandomState(c.Seed).NextGaussians(right.AsSpan(0, c.Size * 8));
        var solution = right.ToArray();
        Cholesky.SolveForward(u, solution);
        Cholesky.SolveBackward(l, solution);
        for (var k = 0; k < 8; k++)
        for (var i = 0; i < c.Size; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < c.Size; j++)
                sum += matrix[Math.Min(i, j), Math.Max(i, j)] * solution[(j * 8) + k];
            Near.Relative(right[(i * 8) + k], sum, 1e-11, floor: c.Size);
        }
    });

    [Fact]
    public void Both_widths_solve_and_invert_alike()
    {
        Assert.SkipUnless(Lanes8.IsFast, "This machine has no vectors of 512 bits.");
        Cases.Sample(c =>
        {
            var u = Positive(c.Size, c.Seed);
            Cholesky.Factor(u);
            var (l, narrow, wide) = (new SquareMatrix(c.Size), new SquareMatrix(c.Size), new SquareMatrix(c.Size));
            Cholesky.Transpose(u, l);
            Cholesky.Invert<Lanes4>(u, narrow);
            Cholesky.Invert<Lanes8>(u, wide);
            Assert.Equal(narrow.Values, wide.Values);

            var a = new double[u.Padded * 8];
            new RandomState(c.Seed).NextGaussians(a);
            var b = a.ToArray();
            Cholesky.SolveForward<Lanes4>(u, a);
            Cholesky.SolveForward<Lanes8>(u, b);
            Assert.Equal(a, b);
            Cholesky.SolveBackward<Lanes4>(l, a);
            Cholesky.SolveBackward<Lanes8>(l, b);
            Assert.Equal(a, b);
        });
    }

    [Fact]
    public void The_inverse_undoes_the_factor() => Cases.Sample(c =>
    {
        var u = Positive(c.Size, c.Seed);
        Cholesky.Factor(u);
        var inverse = new SquareMatrix(c.Size);
        Cholesky.Invert(u, inverse);
        for (var i = 0; i < c.Size; i++)
        for (var j = 0; j <= i; j++)
        {
            var sum = 0.0;
            for (var k = j; k <= i; k++)
                sum += u[k, i] * inverse[k, j];
            Near.Relative(i == j ? 1 : 0, sum, 1e-11, floor: 10);
        }
    });

    [Fact]
    public void A_matrix_that_is_not_positive_definite_has_no_factor()
    {
        var flat = new SquareMatrix(3);
        for (var i = 0; i < 3; i++)
        for (var j = i; j < 3; j++)
            flat[i, j] = 1;
        Assert.False(Cholesky.Factor(flat));

        var odd = Positive(9, 1);
        odd[4, 4] = double.NaN;
        Assert.False(Cholesky.Factor(odd));
        odd = Positive(9, 1);
        odd[8, 8] = double.PositiveInfinity;
        Assert.False(Cholesky.Factor(odd));
    }

    private static SquareMatrix Positive(int n, uint seed)
    {
        var root = new double[n * n];
        new RandomState(seed).NextGaussians(root);
        var a = new SquareMatrix(n);
        for (var i = 0; i < n; i++)
        for (var j = i; j < n; j++)
        {
            var sum = i == j ? 1.0 : 0;
            for (var k = 0; k < n; k++)
                sum += root[(i * n) + k] * root[(j * n) + k];
            a[i, j] = sum;
        }

        return a;
    }

    private static double[] Scalar(SquareMatrix a)
    {
        for (var i = 0; i < a.Size; i++)
        {
            for (var j = i; j < a.Size; j++)
            {
                for (var k = 0; k < i; k++)
                    a[i, j] = Math.FusedMultiplyAdd(-a[k, i], a[k, j], a[i, j]);
            }

            a[i, i] = Math.Sqrt(a[i, i]);
            for (var j = i + 1; j < a.Size; j++)
                a[i, j] *= 1 / a[i, i];
        }

        return Upper(a);
    }

    private static double[] Upper(SquareMatrix a)
    {
        var upper = new List<double>();
        for (var i = 0; i < a.Size; i++)
        for (var j = i; j < a.Size; j++)
            upper.Add(a[i, j]);
        return [.. upper];
    }
}
