using System.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary><c>completion</c>: a script by which a shell completes the program's verbs and options, asking the program itself. Opens no storage.</summary>
internal sealed class CompletionCommand : Command
{
    private const string Folder = "completion/";

    private readonly Argument<string> _shell = new("shell") { Description = $"One of {string.Join(", ", Shells)}." };

    public CompletionCommand(CommonOptions common)
        : base("completion", "Print a script that completes verbs and options in a shell; its first lines say how to load it.")
    {
        _shell.CompletionSources.Add(Shells);
        Add(_shell);
        SetAction(parsed =>
        {
            var shell = parsed.GetRequiredValue(_shell);
            using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"{Folder}{shell}")
                ?? throw new ArgumentException($"'{shell}' is not one of {string.Join(", ", Shells)}.");
            using var text = new StreamReader(script);
            common.Output.Write(text.ReadToEnd());
        });
    }

    private static string[] Shells => ["bash", "zsh", "fish", "pwsh"];
}
