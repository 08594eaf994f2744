using Akka.Configuration;
using Optuna.Cluster.Security;

namespace Optuna.Tests.Pbm;

/// <summary>Tokens as a node's configuration gives them.</summary>
internal static class Tokens
{
    public static RoleTokens None { get; } = RoleTokens.From(Config.Empty);

    public static RoleTokens Of(string? read = null, string? admin = null)
    {
        var folder = Directory.CreateTempSubdirectory("optuna-tokens-");
        try
        {
            return RoleTokens.From(ConfigurationFactory.ParseString($"{Line("read")}\n{Line("admin")}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Line(string role)
        {
            if ((role == "read" ? read : admin) is not { } token)
                return "";
            var file = Path.Combine(folder.FullName, role);
            File.WriteAllText(file, token);
            return $"optuna.tokens.{role}-file = \"{file}\"";
        }
    }
}
