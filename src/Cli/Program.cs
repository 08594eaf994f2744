using Optuna.Cli;
using Optuna.Cli.Commands;
using Optuna.CommandLine;

if (args is [] or ["help"])
    args = ["--help"];
var common = new CommonOptions();
return await CommandRunner.RunAsync(CliRoot.Create(common), args, common.Begin, common.Debug).ConfigureAwait(false);
