using Optuna.Samplers;
using Optuna.Studies;

namespace Optuna.Bench;

/// <summary>What is to be measured.</summary>
/// <param name="WarmUp">From the first trials on; the runtime compiles hot code anew meanwhile.</param>
internal sealed record ClusterPlan(int Workers, int Slots, int Params, int Reports, string Sampler, TimeSpan WarmUp, TimeSpan Window)
{
    public static string CheckedSampler(string name)
    {
        SamplerCatalog.Create(new ComponentSpec(name), objectives: 1);
        return name;
    }

    public static string CheckedFile(string path) =>
        File.Exists(path) ? path : throw new ArgumentException($"the file {path} does not exist.");
}

/// <summary>What one window showed.</summary>
/// <param name="Trials">Finished between the study's summaries at both ends; a summary counts what the journal has confirmed.</param>
/// <param name="Commits">Of the database meanwhile; null where only its own server could tell.</param>
/// <param name="Cpu">Processor time spent meanwhile, by part of the cluster.</param>
internal sealed record ClusterWindow(int Trials, double Seconds, long? Commits, IReadOnlyDictionary<string, TimeSpan> Cpu)
{
    public double TrialsPerSecond => Trials / Seconds;
}
