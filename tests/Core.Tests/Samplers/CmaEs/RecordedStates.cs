using System.Text.Json;
using Optuna.Samplers.CmaEs;

namespace Optuna.Tests.Samplers.CmaEs;

/// <summary>
/// States of the cmaes package, recorded by running it with the versions the file names: initial distribution, the points it
/// drew, their values, and mean, σ and C after each generation. Data, not code of it.
/// </summary>
internal sealed record RecordedStates(IReadOnlyList<RecordedRun> Cases, IReadOnlyList<RecordedWarmStart> WarmStarts)
{
    private static readonly Lazy<RecordedStates> s_all = new(() =>
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Samplers", "CmaEs", "cmaes-states.json"));
        return JsonSerializer.Deserialize<RecordedStates>(file, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    });

    public static RecordedStates All => s_all.Value;

    public static RecordedRun Of(string name) => All.Cases.Single(c => c.Name == name);
}

internal sealed record RecordedRun(
    string Name, string Kind, double[] Mean, double Sigma, int PopulationSize, int? GivenPopulationSize, double[]? Covariance, double[]? Steps,
    IReadOnlyList<RecordedGeneration> Generations)
{
    public int Dimension => Mean.Length;

    public IEvolutionStrategy Start() => Kind switch
    {
        "sep" => new SeparableCma(Mean, Sigma, GivenPopulationSize),
        "margin" => new MarginCma(Mean, Sigma, Steps, GivenPopulationSize, Covariance),
        _ => new FullCma(Mean, Sigma, GivenPopulationSize, Covariance, adaptRates: Kind == "rates"),
    };
}

/// <param name="Points">As told.</param>
/// <param name="Encoded">As evaluated, with margin.</param>
/// <param name="Spread">A, with margin.</param>
/// <param name="Rates">Of mean and Σ, when adapted.</param>
internal sealed record RecordedGeneration(
    double[][] Points, double[] Values, double[] Mean, double Sigma, double[] Covariance, double[][]? Encoded, double[]? Spread, double[]? Rates);

internal sealed record RecordedWarmStart(double[][] Points, double[] Values, double[] Mean, double Sigma, double[] Covariance);
