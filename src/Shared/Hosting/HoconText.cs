using Akka.Configuration;

namespace Optuna.Cluster.Hosting;

/// <summary>HOCON that a person wrote, read with a sentence for what is wrong with it.</summary>
public static class HoconText
{
    /// <param name="path">Named in every fault, after <c>--hocon</c>.</param>
    /// <exception cref="ArgumentException">The file is not there, cannot be read or is not HOCON.</exception>
    public static Config ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new ArgumentException($"--hocon: the file {path} does not exist.");
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(path));
        }
        catch (Exception e)
        {
            // The parser throws whatever its insides throw: at an unfinished text, for instance, that something is null.
            throw new ArgumentException($"--hocon: {path} cannot be read as HOCON: {e.Message}", e);
        }
    }
}
