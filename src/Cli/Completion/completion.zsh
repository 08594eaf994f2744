#compdef optuna-ctl
# Completion of optuna-ctl in zsh, after compinit. For this shell: source <(optuna-ctl completion zsh)
_optuna_ctl() {
    local line="${(j: :)words[1,CURRENT]}"
    local -a suggestions
    suggestions=("${(@f)$(optuna-ctl "[suggest:${#line}]" "$line" 2>/dev/null)}")
    if [[ -n "${suggestions[1]}" ]]; then
        compadd -- "${suggestions[@]}"
    else
        _files
    fi
}
compdef _optuna_ctl optuna-ctl
