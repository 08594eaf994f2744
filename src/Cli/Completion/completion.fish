# Completion of optuna-ctl in fish. For this shell: optuna-ctl completion fish | source
function __optuna_ctl_suggest
    set -l line (commandline -cp | string collect)
    optuna-ctl "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
end
complete -c optuna-ctl -a '(__optuna_ctl_suggest)'
