import type { CompletionOptions } from '../cli/parse-command.ts';

/**
 * What `kubectl pwru completion` prints. Each asks `kubectl-pwru __complete`, whose last line is cobra's directive: bit 2 no
 * blank behind the candidate, bit 4 no names of files.
 */
export const completionScripts: Readonly<Record<CompletionOptions['kind'], string>> = {
  // bash splits words at "=" and ":" too (COMP_WORDBREAKS), so the line is split anew, at blanks.
  bash: `# bash completion of kubectl-pwru. To load it: source <(kubectl-pwru completion bash)
_kubectl_pwru() {
    local line=\${COMP_LINE:0:COMP_POINT}
    local -a words candidates
    read -ra words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    mapfile -t candidates < <(kubectl-pwru __completeNoDesc "\${words[@]:1}" 2>/dev/null)
    COMPREPLY=()
    [[ \${#candidates[@]} -eq 0 ]] && return
    local directive=\${candidates[-1]#:}
    unset 'candidates[-1]'
    COMPREPLY=("\${candidates[@]}")
    ((directive & 2)) && compopt -o nospace
    ((directive & 4)) || compopt -o default
    return 0
}
complete -F _kubectl_pwru kubectl-pwru
`,
  zsh: `#compdef kubectl-pwru
# zsh completion of kubectl-pwru. To load it: source <(kubectl-pwru completion zsh)
_kubectl-pwru() {
    local -a lines described options
    local line directive
    lines=("\${(@f)$(kubectl-pwru __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
    directive=\${lines[-1]#:}
    lines[-1]=()
    for line in "\${lines[@]}"; do
        if [[ $line == *$'\\t'* ]]; then
            described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
        elif [[ -n $line ]]; then
            described+=("\${line//:/\\\\:}")
        fi
    done
    compset -P '--*='
    ((directive & 2)) && options=(-S '')
    if ((\${#described})); then
        _describe -V 'kubectl-pwru' described "\${options[@]}"
    elif ((!(directive & 4))); then
        _files
    fi
}
compdef _kubectl-pwru kubectl-pwru
`,
  fish: `# fish completion of kubectl-pwru. To load it: kubectl-pwru completion fish | source
function __kubectl_pwru_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l lines (kubectl-pwru __complete $words "$current" 2>/dev/null)
    set -l prefix (string match -r -- '^--[^=]*=' "$current")
    for line in $lines[1..-2]
        echo -- "$prefix$line"
    end
    if test "$lines[-1]" = ":0"
        for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
            echo -- "$prefix$path"
        end
    end
end
complete -c kubectl-pwru -f -a '(__kubectl_pwru_complete)'
`,
  kubectl: `#!/bin/sh
# Completes "kubectl pwru": kubectl 1.26 and newer run it, executable in a folder of $PATH as kubectl_complete-pwru.
exec kubectl-pwru __complete "$@"
`,
};
