namespace Optuna.Tests.Fleet;

/// <summary>Two parameters, one of them logarithmic; takes a few milliseconds.</summary>
public sealed class Bowl : IObjective
{
    public async ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var x = trial.SuggestFloat("x", -10, 10);
        var rate = trial.SuggestFloat("rate", 1e-4, 1, log: true);
        await Task.Delay(5, cancellationToken);
        return Value(x, rate);
    }

    public static double Value(double x, double rate) => (x * x) + rate;
}

/// <summary>Reports its parameter at three steps and lets itself be pruned.</summary>
public sealed class Reporting : IObjective
{
    public ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var x = trial.SuggestFloat("x", 0, 1);
        for (var step = 0; step < 3; step++)
        {
            trial.Report(x, step);
            if (trial.ShouldPrune())
                throw new TrialPrunedException();
        }

        return new ValueTask<ObjectiveValue>(x);
    }
}

/// <summary>Ends when it is told to and not before.</summary>
public sealed class Endless : IObjective
{
    public async ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        trial.SuggestFloat("x", 0, 1);
        trial.SetUserAttr("begun", true);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0.0;
    }
}

/// <summary>Whole numbers only: something that can be tried out. Takes a few milliseconds.</summary>
public sealed class Squares : IObjective
{
    public async ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var sum = Math.Pow(trial.SuggestInt("x", 0, 9), 2);
        await Task.Delay(2, cancellationToken);
        if (trial.SuggestCategorical("kind", "one", "two") == "two")
            sum += Math.Pow(trial.SuggestInt("y", 0, 2), 2);
        return sum;
    }
}

/// <summary>Ends once a file is in its working directory.</summary>
public sealed class Gated : IObjective
{
    public const string File = "gate";

    public async ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken)
    {
        var x = trial.SuggestFloat("x", 0, 1);
        trial.SetUserAttr("begun", true);
        while (!System.IO.File.Exists(File))
            await Task.Delay(50, cancellationToken);
        return x;
    }
}
