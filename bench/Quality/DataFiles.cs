namespace Optuna.Bench.Quality;

/// <summary>The files of <c>data/</c>, which are built in.</summary>
internal static class DataFiles
{
    public static Stream Open(string name) => typeof(DataFiles).Assembly.GetManifestResourceStream(name)
        ?? throw new FileNotFoundException($"The program was built without its data file '{name}'.");
}
