namespace Optuna.Cluster.Pbm.Grammar;

/// <summary>What a command is told.</summary>
/// <param name="Name">A word in small letters. A switch is typed <c>--NAME</c>.</param>
/// <param name="Short">The letter of a switch, typed <c>-x VALUE</c>; null for an argument that stands at its place.</param>
internal sealed record Parameter(string Name, string Summary, char? Short = null)
{
    public bool Required { get; init; }

    /// <summary>What counts when it is not given; for people too.</summary>
    public string? Default { get; init; }

    /// <summary>A whole number from this one on is expected; null: any text.</summary>
    public int? Least { get; init; }

    public string Usage
    {
        get
        {
            var value = Name.ToUpperInvariant();
            var typed = Short is { } letter ? $"-{letter} {value}" : value;
            return Required ? typed : $"[{typed}]";
        }
    }

    public bool IsTypedAs(string word) => Short is { } letter && (word == $"-{letter}" || word == $"--{Name}");
}
