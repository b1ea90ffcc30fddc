import type { Evidence, Sourced } from '../../model/evidence.ts'
import { detected, evidenceAt } from '../search.ts'
import { first, found } from './find.ts'
import type { GoFile } from './source.ts'

/** Names that programs give to the command which serves, the likeliest first. */
const serving = ['serve', 'server', 'start', 'run', 'web', 'daemon']
const libraries = /^github\.com\/(?:spf13\/cobra|urfave\/cli(?:\/v\d)?|(?:jessevdk|umputun)\/go-flags)$/

// Lines of a literal that are looked at, each way.
const reach = 100

interface Command {
  readonly name: string
  readonly because: Evidence
  /** It is the program itself, started without the name of a command. */
  readonly root: boolean
}

/** The names of the commands that a program has. */
export function subcommandsOf(graph: readonly GoFile[], program: string): ReadonlySet<string> {
  return new Set(commandsIn(graph, program).flatMap(({ name, root }) => (root ? [] : [name])))
}

function commandsIn(graph: readonly GoFile[], program: string): readonly Command[] {
  return graph.filter((f) => f.imports.some((i) => libraries.test(i.value))).flatMap((file) => literals(file, program))
}

/** The command that a program with commands has to be given to serve; undefined when it serves without one, or has none. */
export function subcommandOf(graph: readonly GoFile[], program: string): Sourced<string> | undefined {
  const files = graph.filter((f) => f.imports.some((i) => libraries.test(i.value)))
  const commands = commandsIn(graph, program)
  if (commands.some((c) => c.root) || first(files, /\b(?:root\w{0,20}|app)\.(?:RunE?|Action)\s{0,5}=/gi) !== undefined) return undefined
  const tags = [...found(files, /`[^`\n]{0,200}\bcommand:"(\w{1,20})"/g)].map((m) => ({ name: m.groups[1] ?? '', because: m.evidence }))
  const all = [...commands, ...tags]
  return serving.flatMap((name) => all.filter((c) => c.name === name).map((c) => detected(name, c.because)))[0]
}

/** Commands of cobra and urfave/cli that do something: composite literals, laid out as gofmt does. */
function literals({ file, text, code }: GoFile, program: string): readonly Command[] {
  // What is inside a raw text is not laid out.
  const lines = code.replace(/`[^`]*`/g, (raw) => raw.replace(/[^\n]/g, ' ')).split('\n')
  let offset = 0
  return lines.flatMap((line, at): Command[] => {
    const start = offset
    offset += line.length + 1
    const field = /^(\t{1,8})(?:Use|Name):\s{1,40}"([\w-]{0,40})/.exec(line)
    if (field === null) return []
    const [, indent = '', name = ''] = field
    const { opening, body } = literalAround(lines, at, indent)
    if (!runs(body, indent)) return []
    return [{ name, because: evidenceAt(file, text, start), root: name === program || name === '' || /root|\bApp\{/i.test(opening) }]
  })
}

/** The lines between the braces around a field, and the line that opens them. */
function literalAround(lines: readonly string[], at: number, indent: string): { readonly opening: string; readonly body: string } {
  const outside = (line: string): boolean => /[^\s,)]/.test(line) && !line.startsWith(indent)
  const before = lines.slice(Math.max(0, at - reach), at)
  const after = lines.slice(at, at + reach)
  const opens = before.findLastIndex(outside)
  const closes = after.findIndex(outside)
  const body = [...before.slice(opens + 1), ...after.slice(0, closes === -1 ? undefined : closes)]
  return { opening: before[opens] ?? '', body: body.join('\n') }
}

/** Whether it does more than print its help, and asks for no argument that nobody could know. */
function runs(body: string, indent: string): boolean {
  const action = new RegExp(`^${indent}(?:RunE?|Action):`, 'm').exec(body)
  return action !== null && !/\.Help\(\)|\.Usage\(\)|ShowAppHelp|\b(?:ExactArgs|MinimumNArgs)\(/.test(body)
}
