namespace Optuna.Samplers.Tpe;

/// <summary>How many of n finished trials count as good.</summary>
internal static class TpeGamma
{
    /// <summary>A tenth, at most 25: one objective.</summary>
    internal static int Default(int n) => Math.Min((int)Math.Ceiling(0.1 * n), 25);

    /// <summary>A tenth: several objectives.</summary>
    internal static int MultiObjective(int n) => (int)Math.Ceiling(0.1 * n);

    /// <summary>A quarter of √n, at most 25: hyperopt's rule.</summary>
    internal static int Hyperopt(int n) => Math.Min((int)Math.Ceiling(0.25 * Math.Sqrt(n)), 25);
}
