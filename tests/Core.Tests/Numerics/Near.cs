using Xunit;

namespace Optuna.Tests.Numerics;

/// <summary>Closeness in units of the expected number, down to a floor for numbers at zero.</summary>
internal static class Near
{
    internal static void Relative(double expected, double actual, double tolerance, double floor = 0)
    {
        if (expected.Equals(actual))
            return;
        var allowed = tolerance * Math.Max(Math.Abs(expected), floor);
        Assert.True(Math.Abs(expected - actual) <= allowed,
            $"Expected {expected:R}, got {actual:R}: off by {Math.Abs(expected - actual):R}, allowed {allowed:R}.");
    }
}
