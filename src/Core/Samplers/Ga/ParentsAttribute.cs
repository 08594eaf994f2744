using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Ga;

/// <summary>The parents of a generation as Optuna keeps them: a JSON list of trial ids.</summary>
internal static class ParentsAttribute
{
    internal static string Write(IEnumerable<int> numbers, StudyId study) => $"[{string.Join(", ", numbers.Select(n => TrialIds.Of(study, n)))}]";

    /// <summary>Their numbers, ascending; null when there is no such list, or it names trials this study has not (it came from another storage).</summary>
    internal static int[]? Read(string? json, StudyView study)
    {
        if (json is null || Parse(json) is not List<object?> ids)
            return null;
        var numbers = new int[ids.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (ids[i] is not long id || !TrialIds.TryRead(id, out var owner, out var number) || owner != study.Id || !study.IsFinished(number) ||
                (TrialState)study.States[number] != TrialState.Complete)
                return null;
            numbers[i] = number;
        }

        Array.Sort(numbers);
        return numbers;
    }

    private static object? Parse(string json)
    {
        try
        {
            return PythonJson.Read(json);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
