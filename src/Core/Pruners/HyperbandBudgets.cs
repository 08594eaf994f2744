using System.Text;
using Optuna.Numerics;

namespace Optuna.Pruners;

/// <summary>Hyperband's brackets and their shares of the trials.</summary>
/// <remarks>Li et al., Hyperband, JMLR 18(185), 2018, Algorithm 1.</remarks>
internal static class HyperbandBudgets
{
    /// <summary>s_max + 1 = ⌊log_η(R/r)⌋ + 1; 0 when R is below r.</summary>
    public static int Brackets(long minResource, long maxResource, int reductionFactor) =>
        // As Optuna computes it, in doubles: log_3 243 comes out a little below 5.
        Math.Max((int)Math.Floor(Math.Log((double)maxResource / minResource) / Math.Log(reductionFactor)) + 1, 0);

    /// <summary>⌈(s_max + 1)·η^s/(s + 1)⌉ for s = s_max (bracket 0) down to 0.</summary>
    public static long[] Of(int brackets, int reductionFactor)
    {
        var budgets = new long[brackets];
        var power = 1L;
        for (var s = 0; s < brackets; s++)
        {
            budgets[brackets - 1 - s] = (long)Math.Ceiling((double)(brackets * power) / (s + 1));
            power *= reductionFactor;
        }

        return budgets;
    }

    /// <summary>A trial's bracket: its hash falls into one of the budgets.</summary>
    public static int BracketOf(string studyName, int number, long[] budgets)
    {
        var left = Crc32.Of(Encoding.UTF8.GetBytes($"{studyName}_{number}")) % budgets.Sum();
        var bracket = 0;
        while ((left -= budgets[bracket]) >= 0)
            bracket++;
        return bracket;
    }
}
