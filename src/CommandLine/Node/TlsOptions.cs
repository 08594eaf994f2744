using System.CommandLine;
using Optuna.Cluster.Security;

namespace Optuna.CommandLine;

/// <summary>The files of TLS, for every program that talks to others. Passwords have no option: <c>OPTUNA_TLS_PASSWORD</c>, or a file named by <c>OPTUNA_TLS_PASSWORD_FILE</c>.</summary>
internal sealed class TlsOptions(bool recursive = false)
{
    private readonly Option<string> _certificate = File(
        "--tls-certificate", "OPTUNA_TLS_CERTIFICATE", "This program's certificate: PEM, or PKCS#12 with its key (.pfx, .p12). With it only TLS is spoken.", recursive);

    private readonly Option<string> _key = File("--tls-key", "OPTUNA_TLS_KEY", "PEM with the key of a PEM certificate.", recursive);

    private readonly Option<string> _authority = File(
        "--tls-authority", "OPTUNA_TLS_AUTHORITY", "PEM with the authority whose certificates are let in.", recursive);

    public void AddTo(Command command)
    {
        command.Add(_certificate);
        command.Add(_key);
        command.Add(_authority);
    }

    /// <summary>What was given, as HOCON; empty for nothing.</summary>
    public string Hocon(ParseResult parsed) => TlsSettings.ToHocon(
        parsed.GetValue(_certificate), parsed.GetValue(_key), parsed.GetValue(_authority));

    private static Option<string> File(string name, string variable, string description, bool recursive)
    {
        var option = CommandRunner.EnvironmentOption(name, variable, "", text => text, description);
        option.Recursive = recursive;
        return option;
    }
}
