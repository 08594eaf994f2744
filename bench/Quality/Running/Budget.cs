using Optuna.CommandLine;

namespace Optuna.Bench.Quality.Running;

/// <summary>How many trials a study has, where that is not what its problem says.</summary>
/// <param name="Sampler">Null: every one that has no budget of its own.</param>
internal sealed record Budget(string? Sampler, int Trials)
{
    // Optuna's results of it, and its cost per trial, end there.
    private static readonly Budget[] Customary = [new("gp", 50)];

    /// <param name="text"><c>200</c>, or <c>gp=100</c> for one sampler.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static Budget Read(string text)
    {
        var at = text.IndexOf('=');
        return at < 0
            ? new Budget(null, CommandRunner.Number(text, 1, 1_000_000))
            : new Budget(SamplerNames.Checked(text[..at]), CommandRunner.Number(text[(at + 1)..], 1, 1_000_000));
    }

    /// <summary>The problem's marks within the sampler's budget, and the budget itself.</summary>
    public static IReadOnlyList<int> Marks(IReadOnlyList<int> marks, string sampler, IReadOnlyList<Budget> given)
    {
        var budget = given.FirstOrDefault(b => b.Sampler == sampler)
            ?? given.FirstOrDefault(b => b.Sampler is null)
            ?? Array.Find(Customary, b => b.Sampler == sampler);
        return budget is null ? marks : [.. marks.Where(m => m < budget.Trials), budget.Trials];
    }
}
