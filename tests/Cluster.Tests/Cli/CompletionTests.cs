namespace Optuna.Tests.Cli;

/// <summary><c>completion</c>: scripts, and the suggestions they ask for.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task Bash_completes_verbs_options_and_their_values()
    {
        // The program under its own name, as it is when installed.
        await using var bash = RunningCtl.Shell("""
            set -e
            cd "$(mktemp -d)"
            trap 'rm -r "$PWD"' EXIT
            printf '#!/bin/sh\nexec %s "$@"\n' "$LINE" > optuna-ctl
            chmod +x optuna-ctl
            PATH="$PWD:$PATH"
            optuna-ctl completion bash > script
            bash -n script
            source ./script
            complete -p optuna-ctl
            for line in 'optuna-ctl best' 'optuna-ctl trials --fo' 'optuna-ctl studies -f ' 'optuna-ctl completion ' 'optuna-ctl create-study --sampler tp'; do
                COMP_LINE=$line COMP_POINT=${#line}
                _optuna_ctl optuna-ctl
                echo "$line: ${COMPREPLY[*]}"
            done
            """, new() { ["LINE"] = RunningCtl.Line() });

        Assert.Equal(0, await bash.ExitAsync(RunningCtl.Patience));
        Assert.Equal(
        [
            "complete -o default -F _optuna_ctl optuna-ctl",
            "optuna-ctl best: best-trial best-trials",
            "optuna-ctl trials --fo: --format",
        ], bash.Lines.Take(3));
        Assert.Contains(bash.Lines, l => l.StartsWith("optuna-ctl studies -f : ", StringComparison.Ordinal) && l.Contains("json table value yaml"));
        Assert.Contains(bash.Lines, l => l.StartsWith("optuna-ctl completion : ", StringComparison.Ordinal) && l.Contains("bash fish pwsh zsh"));
        Assert.Contains("optuna-ctl create-study --sampler tp: tpe", bash.Lines);
        Assert.DoesNotContain(bash.Lines, l => l.StartsWith("! ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F")]
    [InlineData("zsh", "compdef _optuna_ctl optuna-ctl")]
    [InlineData("fish", "complete -c optuna-ctl")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native")]
    public async Task Every_shell_has_a_script_that_asks_the_program(string shell, string registration)
    {
        var script = await CtlHere.RunAsync("completion", shell);

        Assert.Contains(registration, script);
        Assert.Contains("[suggest:", script);
    }

    [Fact]
    public async Task Another_shell_is_refused_by_name() => Assert.Contains("'tcsh' is not one of bash, zsh, fish, pwsh", await CtlHere.RefusalAsync("completion", "tcsh"));
}
