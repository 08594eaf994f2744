namespace Optuna.Tests.Objectives;

public class SampleObjective : IObjective
{
    public ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken) =>
        new(trial.SuggestFloat("x", 0, 1) + 1);
}

public sealed class NeedsAnArgument(string name) : SampleObjective
{
    public string Name => name;
}

public abstract class AbstractObjective : SampleObjective;

public sealed class GenericObjective<T> : SampleObjective
{
    public T? Value { get; set; }
}

public sealed class ThrowingObjective : SampleObjective
{
    public ThrowingObjective() => throw new InvalidOperationException("no data here");
}
