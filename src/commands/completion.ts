import { print } from '../edge/terminal.ts'

export interface CompletionArguments {
  readonly shell: 'bash' | 'zsh' | 'fish'
  readonly json: boolean
}

// Each script asks the program itself, in yargs' terms: what is completed is what the parser knows. yargs writes `word:description`
// for zsh, as it finds it in the variable SHELL, and words alone for others. Where it knows nothing, the shell completes file names.
const scripts: Readonly<Record<CompletionArguments['shell'], string>> = {
  bash: `_secure_docker() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    case $word in "\${COMP_WORDS[COMP_CWORD]}"*) COMPREPLY+=("$word") ;; esac
  done < <(SHELL=bash ZSH_NAME= secure-docker --get-yargs-completions "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)
}
complete -o default -F _secure_docker secure-docker
`,
  zsh: `#compdef secure-docker
_secure_docker() {
  local -a found
  found=("\${(@f)$(SHELL=zsh secure-docker --get-yargs-completions "\${words[@]:0:$CURRENT}" 2>/dev/null)}")
  if [[ -n $found[1] ]]; then _describe secure-docker found; else _files; fi
}
if [[ $funcstack[1] == _secure_docker ]]; then _secure_docker "$@"; else compdef _secure_docker secure-docker; fi
`,
  fish: `function __secure_docker
    set --local words (commandline --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor)
    SHELL=zsh secure-docker --get-yargs-completions $words 2>/dev/null | string replace --regex '(?<!\\\\\\\\):' \\t | string replace --all '\\\\:' ':'
end
complete --command secure-docker --arguments '(__secure_docker)'
`,
}

/** Prints the completion script of a shell. */
export async function completion({ shell, json }: CompletionArguments): Promise<void> {
  print(json ? `${JSON.stringify({ schema: 1, shell, script: scripts[shell] }, undefined, 2)}\n` : scripts[shell])
}
