using System.CommandLine;
using Optuna.Studies;

namespace Optuna.Cli.Commands;

/// <summary><c>study set-user-attr</c>. The value is a text, whatever it looks like, as with Optuna.</summary>
internal sealed class SetUserAttrCommand : Command
{
    private readonly Option<string> _name = CommonOptions.StudyName("The study to set the attribute of.");
    private readonly Option<string> _key = new("--key", "-k") { Description = "Key of the attribute.", Required = true };
    private readonly Option<string> _value = new("--value") { Description = "Its value, a text.", Required = true };

    public SetUserAttrCommand(CommonOptions common)
        : base("set-user-attr", "Set a user attribute of a study.")
    {
        Add(_name);
        Add(_key);
        Add(_value);
        SetAction((parsed, cancel) =>
        {
            var (key, value) = (parsed.GetRequiredValue(_key), parsed.GetRequiredValue(_value));
            // The engine takes an empty key, for Optuna does; on a command line it is a shell variable nobody set.
            if (key.Length == 0)
                throw new ArgumentException("--key: an attribute must have a key, but it is empty.");
            if (StudyRules.AttrFault(key, "null") is { } fault)
                throw new ArgumentException($"--key: {fault}");
            return common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
            {
                var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(_name), c).ConfigureAwait(false);
                await study.SetUserAttrAsync(key, value, c).ConfigureAwait(false);
                storage.Note("The attribute was written.");
                return null;
            }, cancel);
        });
    }
}
