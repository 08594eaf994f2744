using Optuna.Cli;
using Optuna.CommandLine;

if (args is [] or ["help"])
    args = ["--help"];
return await CommandRunner.RunAsync(CliRoot.Create(), args).ConfigureAwait(false);
