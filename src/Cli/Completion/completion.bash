# Completion of optuna-ctl in bash. For this shell: source <(optuna-ctl completion bash)
_optuna_ctl() {
    local line=${COMP_LINE:0:COMP_POINT} word suggestion
    word=${line##*[[:space:]]}
    COMPREPLY=()
    while IFS= read -r suggestion; do
        [[ -n $suggestion && $suggestion == "$word"* ]] && COMPREPLY+=("$suggestion")
    done < <("${1:-optuna-ctl}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
}
complete -o default -F _optuna_ctl optuna-ctl
