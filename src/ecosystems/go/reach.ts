import type { Sourced } from '../../model/evidence.ts'
import { detected } from '../search.ts'
import { first, found } from './find.ts'
import type { GoFile } from './source.ts'

/** What lets a program be reached that listens on its own machine only: an argument, or a variable with its value. */
export type Reach = { readonly argument: Sourced<string> } | { readonly variable: Sourced<string>; readonly value: string }

const local = String.raw`"(?:localhost|127\.0\.0\.1)(:\d{2,5})?"`
const part = '(?:http|web|server|listen|bind|api|app)'
// Not every host is the program's own: those of databases and mail servers are localhost by default too.
const flag = `(host|(?:${part}[._-]?)?(?:addr|address|bind|listen|listener|interface)|${part}[._-]?host)`
const variable = `(HOST|(?:(?:HTTP|WEB|SERVER|LISTEN|BIND|API|APP)_?)?(?:ADDR|ADDRESS|BIND|LISTEN|INTERFACE)|(?:HTTP|WEB|SERVER|LISTEN|BIND|API|APP)_HOST|(?:[A-Z0-9]{1,20}_){0,2}(?:LISTEN|BIND)(?:_(?:IPV?4|IP|ADDR|ADDRESS|HOST))?)`

const flags: readonly RegExp[] = [
  new RegExp(String.raw`\bString(?:Var)?P?\(\s{0,5}(?:&?[\w.]{1,60},\s{0,5})?"${flag}",\s{0,5}(?:"\w?",\s{0,5})?${local}`, 'gi'),
  new RegExp(String.raw`\x60[^\x60\n]{0,200}\blong:"${flag}"[^\x60\n]{0,200}\bdefault:${local}`, 'gi'),
  new RegExp(String.raw`\bName:\s{0,10}"${flag}",(?:[^{}]|\{[^{}\n]{0,60}\}){0,200}?\bValue:\s{0,10}${local}`, 'g'),
]
const variables: readonly RegExp[] = [
  new RegExp(
    String.raw`\x60[^\x60\n]{0,200}\benv(?:config)?:"${variable}(?:,[^"\n]{0,40})?"[^\x60\n]{0,200}\b(?:envD|d)efault:${local}`,
    'g',
  ),
  new RegExp(String.raw`\x60[^\x60\n]{0,200}\bdefault:${local}[^\x60\n]{0,200}\benv:"${variable}"`, 'g'),
  new RegExp(String.raw`[eE]nv\w{0,20}\(\s{0,5}"${variable}"[^}]{0,80}?${local}`, 'g'),
  // A table of what each variable is by default.
  new RegExp(String.raw`"${variable}":\s{0,5}\{[^}]{0,80}?${local}`, 'g'),
]

/** How a program is made to listen on every address, on this port where it names one; undefined when it does, or nothing tells how. */
export function reachOf(graph: readonly GoFile[], port: number | undefined): Reach | undefined {
  const named = flags.flatMap((pattern) => [...found(graph, pattern)])
  const hosts = (names: boolean): typeof named => named.filter(({ groups }) => (groups[1]?.toLowerCase() === 'host') === names)
  const at = (own: string | undefined): string => `0.0.0.0${own === undefined ? '' : `:${port ?? own.slice(1)}`}`
  const others = hosts(false)
  const flag =
    others.find(({ groups }) => groups[2] === `:${port}`) ??
    others[0] ??
    hosts(true).find(({ evidence }) => port !== undefined && hasPortFlag(graph, evidence.file, port))
  if (flag !== undefined) return { argument: detected(`--${flag.groups[1]}=${at(flag.groups[2])}`, flag.evidence) }
  const [hit] = variables.flatMap((pattern) => [...found(graph, pattern)])
  if (hit === undefined) return undefined
  const isPort = (word: string | undefined): boolean => word?.startsWith(':') === true
  const words = hit.groups.slice(1)
  return { variable: detected(words.find((w) => w !== undefined && !isPort(w)) ?? '', hit.evidence), value: at(words.find(isPort)) }
}

/** A host is the program's own where its port stands beside it. */
function hasPortFlag(graph: readonly GoFile[], file: string, port: number): boolean {
  const same = graph.filter((f) => f.file === file)
  return (
    first(same, new RegExp(String.raw`(?:\b(?:Int|Uint|String)\w{0,6}\([^\n"]{0,60}"port"|\blong:"port")[^\n]{0,200}\b${port}\b`, 'g')) !==
    undefined
  )
}
