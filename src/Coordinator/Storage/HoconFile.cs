using Akka.Configuration;

namespace Optuna.Coordinator.Storage;

/// <summary>A file of the <c>hocon</c> folder over the copy of it inside the program.</summary>
public static class HoconFile
{
    /// <param name="name">As <c>mysql.conf</c>.</param>
    /// <param name="folder">Where an operator keeps his files; one that is absent there is taken from the program whole.</param>
    /// <exception cref="ArgumentException">The file is there and is not HOCON; the message names it.</exception>
    public static Config Read(string name, string? folder = null)
    {
        var own = ConfigurationFactory.FromResource("hocon/" + name, typeof(HoconFile).Assembly);
        var path = folder is null ? null : Path.Combine(folder, name);
        if (path is null || !File.Exists(path))
            return own;

        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(path)).WithFallback(own);
        }
        catch (Exception e) when (e is FormatException or ConfigurationException)
        {
            throw new ArgumentException($"The file {path} is not HOCON: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
