using Optuna.Artifacts;
using Optuna.DataFrames;

namespace Optuna.Tests;

/// <summary>Whoever takes one of these gets its one vendor's package and the engine, and nothing else.</summary>
public sealed class OptionalProjectsTests
{
    [Fact]
    public void Artifacts_on_a_file_system_need_no_package() => OnlyKnows(typeof(IArtifactStore));

    [Fact]
    public void Each_other_store_knows_its_own_vendor()
    {
        OnlyKnows(typeof(S3ArtifactStore), "AWSSDK.");
        OnlyKnows(typeof(AzureBlobArtifactStore), "Azure.");
    }

    [Fact]
    public void Tables_know_what_reads_them() => OnlyKnows(typeof(TrialsFrameExtensions), "Parquet", "Microsoft.Data.Analysis");

    private static void OnlyKnows(Type type, params string[] vendors) => Assert.DoesNotContain(
        type.Assembly.GetReferencedAssemblies().Select(a => a.Name!),
        name => !name.StartsWith("System", StringComparison.Ordinal) && name is not ("Optuna.Core" or "Optuna.Artifacts")
            && !vendors.Any(v => name.StartsWith(v, StringComparison.Ordinal)));
}
