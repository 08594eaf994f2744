using System.Text.Json;

namespace Optuna.Tests.PythonClients;

/// <summary>Debian's Python with the scripts of this folder's neighbour: clients that share no code with the server.</summary>
internal static class Python
{
    public const string Command = "/usr/bin/python3";

    /// <summary>Arguments for a script: unbuffered, and leaving nothing behind.</summary>
    public static string[] Script(string name, params string[] arguments) =>
        ["-u", "-B", Path.Combine(AppContext.BaseDirectory, "python", name), .. arguments];

    /// <summary>What it printed in JSON; everything else is left out.</summary>
    public static List<JsonElement> Objects(IEnumerable<string> lines) =>
        [.. lines.Where(l => l.StartsWith('{')).Select(l => JsonElement.Parse(l))];
}
