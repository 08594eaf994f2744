namespace Optuna.Tests.Objectives;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-test-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Full => _folder.FullName;

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
