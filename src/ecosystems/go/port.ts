import type { Evidence } from '../../model/evidence.ts'
import { evidenceAt } from '../search.ts'
import type { Told } from '../told.ts'
import { first } from './find.ts'
import type { Setting } from './settings-file.ts'
import type { GoFile } from './source.ts'

interface Idiom {
  readonly at: RegExp
  /** How many characters after it may hold the port; by default the rest of its line. */
  readonly reach?: number
}

const named = '(?:(?<!im|re|sup|ex|trans)port|addr|listen(?!d\\b)|bind|http)'

/** Where programs say their port: behind the name of its variable, which is the surest place. */
const byVariable: Idiom = { at: /["`](?:(?:HTTP|APP|SERVER|WEB|API|LISTEN)_)?(?:PORT|(?:LISTEN|BIND)_ADDR(?:ESS)?)["`]/g, reach: 160 }
/** Other places, the surest first. The last says only that a name which sounds like a port is given a number. */
const idioms: readonly Idiom[] = [
  { at: /\b(?:ListenAndServe(?:TLS)?|Listen(?:TLS)?|Run(?:TLS)?|Start(?:TLS|Server)?)\(/g },
  { at: /\bAddr:/g },
  { at: new RegExp(String.raw`\b(?:String|Int|Uint|Uint16)(?:Var)?P?\([^\n"]{0,60}"[\w.-]{0,40}${named}[\w.-]{0,40}"`, 'gi') },
  {
    at: /\bName:\s{0,10}"(?:(?:http|web|server|listen|api)[._-]?)?(?:listen(?:er)?|addr(?:ess)?|bind|port)"(?:[^{}]|\{[^{}\n]{0,60}\}){0,200}?\bValue:/g,
  },
  { at: new RegExp(String.raw`${named}\w{0,30}\s{1,40}\w{1,30}\s{1,40}\x60`, 'gi') },
  { at: /(?<![=!]= ?)(?="(?:0\.0\.0\.0|\[::\])?:\d{2,5}")/g },
  { at: new RegExp(String.raw`${named}\w{0,30}"?\s{0,10}(?:(?:string|u?int(?:16)?)\s{0,10})?(?::=|=|:|,)(?![=/])`, 'gi') },
]

const portText =
  /(?:"|default=)(?<host>0\.0\.0\.0|\[::1?\]|localhost|127\.0\.0\.1)?:?(?<quoted>\d{2,5})"|[=,(:]\s{0,10}(?<bare>80|[1-9]\d{3,4})(?=\s{0,10}(?:[,);}\n/]|$))/
// Smaller numbers are limits and counts, not ports of a web server.
const firstOfWeb = 80
// From here on the system hands ports out itself (RFC 6335).
const firstEphemeral = 49_152
// Where a variable of the port is read, whatever port there is is meant.
const pastLast = 65_536
const ownMachine = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Ports of other people's servers, to which a program connects. */
const otherServers = new Set([
  22, 25, 53, 389, 465, 587, 636, 853, 1433, 1521, 2181, 2379, 3306, 4222, 4317, 4318, 5432, 5672, 6379, 9042, 9092, 9200, 9418, 11_211,
  14_268, 27_017,
])
// 6060 is where programs serve their profiles.
const aside =
  /metric|debug|pprof|\b6060\b|grpc|ssh|ftp|acme|challenge|admin|prom|redis|sentinel|raft|gossip|peer|smtp|timeout|proxy|upstream|example/i
// What follows a port describes it, and often says that it can do TLS too.
const asideBefore = new RegExp(`${aside.source}|https|tls`, 'i')
// A way of running that has to be asked for by name.
const inMode = /\bif\b[^{}\n]*==\s*["`][\w-]+["`]/
// How far above a port the block that it stands in may open, in characters.
const blockReach = 2000

export interface Listening {
  readonly port: number
  readonly because: Evidence
  /** It listens where nobody outside of the container gets. */
  readonly loopback: boolean
  /** The variable without which the code names no port. */
  readonly variable?: string
  /** What an own Dockerfile exposes is surer. */
  readonly guessed?: true
}

interface Hit extends Listening {
  /** It belongs to a side line, such as metrics, or to a server of others. */
  readonly aside: boolean
}

/**
 * The port that the files say, or where they only name its variable the one that is `told` for that; ports of a side line (metrics,
 * debugging) only when there is no other.
 */
export function listening(files: readonly GoFile[], told: (variable: string) => Told | undefined = () => undefined): Listening | undefined {
  const sure = portsIn(files, [byVariable])
  const said = sure.main ?? toldPort(files, told)
  if (said !== undefined) return said
  const likely = portsIn(files, idioms.slice(0, -1))
  const guess = likely.main === undefined ? portsIn(files, idioms.slice(-1)) : {}
  const guessed = guess.main ?? sure.spare ?? likely.spare ?? guess.spare
  return likely.main ?? (guessed === undefined ? ginDefault(files) : { ...guessed, guessed: true })
}

/** The first port that idioms lead to, and the first one of a side line before it. */
function portsIn(
  files: readonly GoFile[],
  idioms: readonly Idiom[],
): { readonly main?: Listening; readonly spare?: Listening | undefined } {
  let spare: Listening | undefined
  for (const { at, reach } of idioms)
    for (const file of files)
      for (const match of file.code.matchAll(at)) {
        const hit = portAfter(file, match.index + match[0].length, reach)
        if (hit?.aside === false) return { main: hit, spare }
        spare ??= hit
      }
  return { spare }
}

const portNamed = /["`]((?:(?:HTTP|APP|SERVER|WEB|API|LISTEN)_)?PORT)\b/g

function toldPort(files: readonly GoFile[], told: (variable: string) => Told | undefined): Listening | undefined {
  for (const { code } of files)
    for (const [, variable = ''] of code.matchAll(portNamed)) {
      const said = told(variable)
      const digits = /^:?(\d{2,5})$/.exec(said?.value ?? '')?.[1]
      const port = Number(digits)
      if (said === undefined || !canServe(port)) continue
      return { port, because: said.because, loopback: false, ...(said.value === digits ? { variable } : {}) }
    }
  return undefined
}

const serving = /^(?:api|app(?:lication)?|https?|listen(?:er)?|rest|server|service|system|web)?$/i
const portSet = /^(?:(?:api|app|http|listen|server|web)[_.-]?)?(?:addr(?:ess)?|bind|listen|port)$/i

/** The port in a file of settings, under a name and in a section for that. */
export function settledPort(settings: readonly Setting[]): Listening | undefined {
  for (const { section, name, value, because } of settings) {
    const port = Number(/^(?:[\w.-]{0,40}:)?(\d{2,5})$/.exec(value)?.[1])
    if (serving.test(section) && portSet.test(name) && canServe(port)) return { port, because, loopback: false, guessed: true }
  }
  return undefined
}

function canServe(port: number, past = firstEphemeral): boolean {
  return port >= firstOfWeb && port < past && !otherServers.has(port)
}

/** Gin's Run without an address takes PORT, else 8080 (gin/utils.go, resolveAddress). */
const ginRun = /\.Run\(\s*\)/g

const portRead = /["`:]((?:HTTP|APP|SERVER|WEB|API|LISTEN)_PORT)["`,]/g

/** The variable with the name of a port that the files read. */
export function portRequired(files: readonly GoFile[]): string | undefined {
  return first(files, portRead)?.groups[1]
}

/** Where the files read the variable PORT. */
export function portVariable(files: readonly GoFile[]): Evidence | undefined {
  return (first(files, /["`:]PORT["`,]/g) ?? first(ginUsers(files), ginRun))?.evidence
}

function ginDefault(files: readonly GoFile[]): Listening | undefined {
  const run = first(ginUsers(files), ginRun)
  return run === undefined ? undefined : { port: 8080, because: run.evidence, loopback: false }
}

function ginUsers(files: readonly GoFile[]): readonly GoFile[] {
  return files.filter((f) => f.imports.some((i) => i.value === 'github.com/gin-gonic/gin'))
}

/** The first port in what follows a match: the rest of its line, or as far as the idiom reaches inside the same function. */
function portAfter({ file, text, code }: GoFile, start: number, reach: number | undefined): Hit | undefined {
  const ends = reach === undefined ? [code.indexOf('\n', start)] : [code.indexOf('\n}', start), start + reach]
  const hit = portText.exec(code.slice(start - 1, Math.min(...ends.filter((end) => end !== -1))))
  const port = Number(hit?.groups?.quoted ?? hit?.groups?.bare)
  if (hit === null || !canServe(port, reach === undefined ? firstEphemeral : pastLast)) return undefined
  const at = start - 1 + hit.index
  const end = at + hit[0].length
  const before = code.slice(code.lastIndexOf('\n', at) + 1, end)
  const around = opener(code, at)
  const after = code.slice(end, lineEnd(code, end))
  return {
    port,
    because: evidenceAt(file, text, at),
    loopback: ownMachine.has(hit.groups?.host ?? ''),
    aside: asideBefore.test(`${around}\n${before}`) || inMode.test(around) || aside.test(after),
  }
}

/** The line that opens the innermost block around a place, such as `GRPC: Server{`. */
function opener(code: string, at: number): string {
  let depth = 0
  for (let i = at; i > 0 && i > at - blockReach; i--) {
    if (code[i] === '}') depth++
    else if (code[i] === '{' && depth-- === 0) return code.slice(code.lastIndexOf('\n', i) + 1, i)
  }
  return ''
}

function lineEnd(code: string, from: number): number {
  const end = code.indexOf('\n', from)
  return end === -1 ? code.length : end
}
