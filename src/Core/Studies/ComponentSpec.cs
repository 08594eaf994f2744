namespace Optuna.Studies;

/// <summary>A sampler or pruner by name, with its options: what a study stores instead of an object.</summary>
/// <param name="Name">As in the catalogue, for instance <c>tpe</c>.</param>
/// <param name="Options">JSON object with Optuna's option names, for instance <c>{"multivariate": false}</c>; <c>{}</c> for the defaults.</param>
public sealed record ComponentSpec(string Name, string Options = "{}")
{
    /// <summary>Stands in a wish for whatever the cluster makes studies with whose creator names nothing.</summary>
    public static readonly ComponentSpec Default = new("default");

    public override string ToString() => Options is "{}" ? Name : $"{Name}{Options}";
}
