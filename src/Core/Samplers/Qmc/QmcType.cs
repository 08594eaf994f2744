namespace Optuna.Samplers.Qmc;

/// <summary>A low-discrepancy sequence.</summary>
public enum QmcType
{
    Sobol,
    Halton,
}
