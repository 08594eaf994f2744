namespace Optuna.Samplers.Nsga;

/// <summary>How an <see cref="NsgaIIISampler"/> works.</summary>
public sealed record NsgaIIIOptions : NsgaOptions
{
    public static new readonly NsgaIIIOptions Default = new();

    /// <summary>Directions in which the front is wanted, one row each with a number per objective; null: evenly spread ones.</summary>
    /// <value>At least one row; finite numbers that are not all 0.</value>
    public IReadOnlyList<IReadOnlyList<double>>? ReferencePoints
    {
        get;
        init
        {
            if (value is not null && (value.Count == 0 || value.Any(row => row.Count == 0 || !row.All(double.IsFinite) || row.All(x => x == 0))))
                throw new ArgumentException("reference_points must be rows of finite numbers that are not all 0, and at least one.");
            field = value;
        }
    }

    /// <summary>Into how many parts the evenly spread directions divide each axis.</summary>
    /// <value>1 or more.</value>
    public int DividingParameter { get; init => field = OptionRange.AtLeast(1, value, "dividing_parameter"); } = 3;
}
