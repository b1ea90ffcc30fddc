import type { Variable } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import type { Settings } from './settings.ts'

const own = ['localhost', '127.0.0.1'] as const
const named = /(?:^|_)ALLOWED_HOSTS?$/
const assigns = /^ALLOWED_HOSTS\s*(?::[^=]{1,40})?\+?=/
const anyHost = /ALLOWED_HOSTS[^\n]*=[^\n]*["']\*["']/

/**
 * The variables, of which those that fill `ALLOWED_HOSTS` name this machine: Django answers 400 to every other host, and this is where the
 * port is published. One whose default lets it in stays as it is.
 */
export function withHosts(tree: Tree, settings: Settings, variables: readonly Variable[]): readonly Variable[] {
  return variables.map((variable) => {
    const because = variable.because.find(({ file }) => settings.files.includes(file))
    if (because === undefined || variable.secret || !fillsHosts(variable, because.saw)) return variable
    const text = tree.texts.get(because.file) ?? ''
    const value = anyHost.test(text) ? undefined : valueFor(linesFrom(text, because.line ?? 1), variable.name)
    return value === undefined ? variable : { ...variable, example: { value, because } }
  })
}

/** By its name, or by the line that reads it, when nothing else is known of it. */
function fillsHosts({ name, default: given }: Variable, line: string): boolean {
  return named.test(name) || (assigns.test(line) && !given)
}

/** A statement reads a variable in a few lines. */
function linesFrom(text: string, line: number): string {
  return text
    .split('\n')
    .slice(line - 1, line + 3)
    .join('\n')
}

/** Written the way in which these lines take it apart: at a character, as JSON, or as one name. */
function valueFor(lines: string, name: string): string | undefined {
  const at = lines.indexOf(name, lines.search(new RegExp(`["']${name}["']`)))
  const rest = lines.slice(at + name.length + 1)
  if (/^[^()]*(?:\([^()]*\)[^()]*)*(?:localhost|127\.0\.0\.1|["'[]\*["'\]])/.test(rest.split(/\)\s*(?:\n|$|\.)/, 1)[0] ?? ''))
    return undefined
  const split = /\.split\(\s*(?:sep\s*=\s*)?(?:["']([^"'\n])["'])?/.exec(rest)
  if (split !== null) return own.join(split[1] ?? ' ')
  if (lines.slice(0, at).includes('json.loads(')) return JSON.stringify(own)
  return /\[[^\]]*$/.test(lines.slice(0, at).split('\n', 1)[0] ?? '') ? own[1] : own.join(',')
}
