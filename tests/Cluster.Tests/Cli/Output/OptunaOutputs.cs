using Optuna.Json;

namespace Optuna.Tests.Cli.Output;

/// <summary>What Optuna 5.0's own command line printed for <see cref="SampleStudies"/>, by arguments.</summary>
internal static class OptunaOutputs
{
    public static IReadOnlyDictionary<string, string> All { get; } = Read();

    /// <param name="args">Without --storage; -f in front of --flatten.</param>
    public static string For(params string[] args) => All[PythonJson.Write(args)];

    private static Dictionary<string, string> Read()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cli", "Output", "optuna-5.txt"));
        return ("\n" + text).Split("\n### ", StringSplitOptions.RemoveEmptyEntries).ToDictionary(
            block => PythonJson.Write(PythonJson.Read(block[..block.IndexOf('\n')])),
            block => block[(block.IndexOf('\n') + 1)..].TrimEnd('\n'));
    }
}
