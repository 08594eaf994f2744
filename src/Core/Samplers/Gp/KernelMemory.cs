using Optuna.Json;

namespace Optuna.Samplers.Gp;

/// <summary>
/// The parameters of a trial's models, kept as its system attribute: the next fit starts from them. A study that is read
/// back from its journal goes on as it would have.
/// </summary>
internal static class KernelMemory
{
    internal const string Key = "gp:kernel_params";

    // Trials in a row without a model, such as queued ones, are looked past this far.
    private const int Furthest = 200;

    /// <summary>Those of the newest other trial that has any, model by model; empty when there is none.</summary>
    internal static IReadOnlyList<KernelParameters> Last(SamplingContext context, int dimensions, bool noiseless)
    {
        var last = context.Study.TrialCount - 1;
        for (var number = last; number >= 0 && number > last - Furthest; number--)
        {
            if (number != context.Number && context.Study.TrialAttr(number, Key) is { } json)
                return Read(json, dimensions, noiseless);
        }

        return [];
    }

    internal static void Keep(SamplingContext context, IEnumerable<KernelParameters> models) =>
        context.SetTrialAttr(Key, PythonJson.Write(models.Select(m => m.Logs.ToArray()).ToArray()));

    private static List<KernelParameters> Read(string json, int dimensions, bool noiseless)
    {
        var found = new List<KernelParameters>();
        foreach (var model in PythonJson.Read(json) as List<object?> ?? [])
        {
            // Of another space: nothing to start from.
            if (model is not List<object?> logs || logs.Count != dimensions + 2 || !logs.TrueForAll(x => x is double d && double.IsFinite(d)))
                return [];
            found.Add(KernelParameters.Of([.. logs.Select(x => (double)x!)], noiseless));
        }

        return found;
    }
}
