namespace Optuna.Studies;

/// <summary>Trial ids of the storage protocol: the study's number and the trial's in one, so that an id alone tells where its trial lives.</summary>
/// <remarks>
/// They grow within a study, as Optuna's client needs (it asks for "ids above the last finished one"), are never used twice since neither
/// number is, and stay below 2^53 for clients that keep whole numbers in doubles.
/// </remarks>
internal static class TrialIds
{
    private const int NumberBits = 30;
    private const long MaxStudy = (1L << (53 - NumberBits)) - 1;

    public static long Of(StudyId study, int number) => ((long)study.Value << NumberBits) | (uint)number;

    /// <returns>False for what no trial can have.</returns>
    public static bool TryRead(long id, out StudyId study, out int number)
    {
        (study, number) = (new StudyId((int)(id >> NumberBits & int.MaxValue)), (int)(id & ((1 << NumberBits) - 1)));
        return id > 0 && id >> NumberBits is > 0 and <= MaxStudy;
    }

    /// <returns>False for what no study can have.</returns>
    public static bool TryReadStudy(long id, out StudyId study)
    {
        study = new StudyId((int)Math.Clamp(id, 0, MaxStudy));
        return id is > 0 and <= MaxStudy;
    }
}
