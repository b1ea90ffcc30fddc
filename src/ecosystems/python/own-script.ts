import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'

/** Scripts of a shell that images of Django projects start with. */
export const startScripts = ['entrypoint.sh', 'docker-entrypoint.sh', 'start.sh']

/** A command of the project's own that such a script runs each time, without arguments. */
export interface OwnCommand {
  readonly name: string
  readonly because: Evidence
}

const line = /^[ \t]*(?:exec[ \t]+)?(?:\S*python3?[ \t]+(?:\.\/)?(?:\S*\/)?|\.\/)manage\.py[ \t]+([a-z][\w-]{0,40})([^\n]*)$/gm
const longest = 20_000
// Who logs in first is nobody's business but of those who start it.
const person = /admin|user/i

/** Such commands from the first script that has them: those before static files are collected that make some, and those after the migration that fill the database. */
export function ownCommands(tree: Tree): { readonly making: readonly OwnCommand[]; readonly filling: readonly OwnCommand[] } {
  for (const [file, text] of tree.texts) {
    if (!startScripts.includes(file.slice(file.lastIndexOf('/') + 1)) || text.length > longest) continue
    const all = [...text.matchAll(line)].map((match) => ({ name: match[1] ?? '', rest: match[2] ?? '', at: match.index }))
    const [migrated, collected] = ['migrate', 'collectstatic'].map((name) => all.findIndex((one) => one.name === name))
    const own = all.flatMap(({ name, rest, at }, i) => {
      const plain = /^[ \t]*(?:\|\||&&|;|\\|$)/.test(rest) && isAlways(text.slice(0, at)) && holds(tree, name) && !person.test(name)
      return plain ? [{ name, i, because: evidenceAt(file, text, at) }] : []
    })
    const makes = ({ name, i }: { readonly name: string; readonly i: number }): boolean =>
      /^(?:compile|build)/.test(name) && i < (collected ?? -1)
    const making = own.filter(makes)
    const filling = own.filter((one) => !makes(one) && migrated !== -1 && one.i > (migrated ?? 0))
    const bare = ({ name, because }: OwnCommand): OwnCommand => ({ name, because })
    if (own.length > 0) return { making: making.map(bare), filling: filling.map(bare) }
  }
  return { making: [], filling: [] }
}

function holds(tree: Tree, name: string): boolean {
  return [...tree.files].some((file) => file.endsWith(`/management/commands/${name}.py`))
}

/** Whether a place is in no block but one that asks what the script was called with. */
function isAlways(before: string): boolean {
  const open: string[] = []
  for (const words of before.split('\n').map((each) => each.trim())) {
    if (/^(?:if|for|while|until|case)\b/.test(words) || /^[\w-]+[ \t]*\(\)[ \t]*\{$/.test(words)) open.push(words)
    else if (/^(?:fi|done|esac|\})$/.test(words)) open.pop()
  }
  return open.every((words) => /^if\b.*["'\s]\$(?:1|\{1|@|\*|#)/.test(words))
}
